import type { DataFrame } from '@grafana/data';

/** The frames as Grafana's panels can show them: an answer without a row loses its columns, as panels show their text for "no data" only then; a heat map, which breaks even on that, gets nothing. */
export function presentable(frames: DataFrame[], heatmaps: ReadonlySet<string>): DataFrame[] {
  return frames.flatMap((frame) => {
    if (frame.length > 0 && frame.fields.some(({ type }) => `${type}` !== 'time')) return [frame];
    return heatmaps.has(frame.refId ?? '') ? [] : [{ ...frame, fields: [], length: 0 }];
  });
}
