import type { ReactNode } from 'react';

interface Props {
  id: string;
  name: string;
  /** The input, given the id of the element that names it. */
  children: (labelId: string) => ReactNode;
}

/** An input whose name is heard but not shown, for rows that need no label of their own. */
export function Part({ id, name, children }: Props) {
  return (
    <div>
      <span id={id} hidden>
        {name}
      </span>
      {children(id)}
    </div>
  );
}
