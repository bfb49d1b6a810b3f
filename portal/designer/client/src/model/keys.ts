// Keys are made from what people wrote: short, plain letters, and never twice in the same place.

const LONGEST = 40;

export function keyFrom(words: string, otherwise: string): string {
  const plain = words
    .normalize("NFKD")
    .replace(/\p{M}/gu, "")
    .toLowerCase()
    .replace(/[^a-z0-9]+/g, "_")
    .replace(/^[_0-9]+|_+$/g, "")
    .slice(0, LONGEST)
    .replace(/_+$/, "");
  return plain || otherwise;
}

export function unique(key: string, taken: Iterable<string>): string {
  const others = new Set(taken);
  if (!others.has(key)) return key;
  const stem = key.replace(/_\d+$/, "");
  let number = 2;
  while (others.has(`${stem}_${number}`)) number += 1;
  return `${stem}_${number}`;
}

export const freshKey = (words: string, otherwise: string, taken: Iterable<string>): string =>
  unique(keyFrom(words, otherwise), taken);
