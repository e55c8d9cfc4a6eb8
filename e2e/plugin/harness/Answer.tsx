import { createDataFrame, type DataFrame, type DataQueryResponse, getFrameDisplayName } from '@grafana/data';

/** An answer written out: what went wrong, then each frame with its notices and rows. */
export function Answer({ answer }: { answer: DataQueryResponse }) {
  const frames = answer.data.map((frame) => createDataFrame(frame));
  return (
    <section aria-label="answer">
      {answer.errors?.map(({ refId, message }) => (
        <p key={refId ?? message} role="alert">
          {message}
        </p>
      ))}
      {frames.map((frame, index) => (
        // biome-ignore lint/suspicious/noArrayIndexKey: frames have no other identity
        <Rows key={index} frame={frame} />
      ))}
    </section>
  );
}

function Rows({ frame }: { frame: DataFrame }) {
  const rows = Array.from({ length: frame.length }, (_, row) =>
    frame.fields.map(({ values }) => values[row]),
  );
  return (
    <table>
      <caption>{getFrameDisplayName(frame)}</caption>
      <thead>
        <tr>
          {frame.fields.map(({ name }) => (
            <th key={name}>{name}</th>
          ))}
        </tr>
      </thead>
      <tbody>
        {rows.map((values, row) => (
          // biome-ignore lint/suspicious/noArrayIndexKey: rows have no other identity
          <tr key={row}>
            {values.map((value, column) => (
              <td key={frame.fields[column]?.name}>{String(value)}</td>
            ))}
          </tr>
        ))}
      </tbody>
    </table>
  );
}
