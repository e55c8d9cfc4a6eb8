/** The things that were used last; of more than so many, the one unused for longest goes. */
export interface Recent<K, V> {
  get(key: K): V | undefined;
  /** Keeps a thing and gives it back. */
  set(key: K, value: V): V;
}

/** Keeps at most `most` things. */
export function keepRecent<K, V>(most: number): Recent<K, V> {
  const kept = new Map<K, V>();
  return {
    get(key) {
      const value = kept.get(key);
      if (value !== undefined) {
        kept.delete(key);
        kept.set(key, value);
      }
      return value;
    },
    set(key, value) {
      kept.set(key, value);
      if (kept.size > most) kept.delete(kept.keys().next().value as K);
      return value;
    },
  };
}
