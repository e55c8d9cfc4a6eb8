/** Posts JSON and tells what was answered and how long all of the answer took, ms; throws where it is refused. */
export async function post(url: string, body: object): Promise<{ answer: unknown; took: number }> {
  const began = performance.now();
  const response = await fetch(url, {
    method: 'POST',
    headers: { 'content-type': 'application/json' },
    body: JSON.stringify(body),
  });
  if (!response.ok) throw new Error(`${url} answered ${response.status}: ${await response.text()}`);
  const answer: unknown = await response.json();
  return { answer, took: performance.now() - began };
}
