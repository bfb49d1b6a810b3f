// Which of several things somebody means who typed a word and pressed Enter.

export function nearest<One extends { label: string }>(found: One[], words: string): One | undefined {
  const called = (fits: (label: string) => boolean): One | undefined => found.find((one) => fits(one.label.toLocaleLowerCase()));
  return called((label) => label === words) ?? called((label) => label.startsWith(words)) ?? called((label) => label.includes(words)) ?? found[0];
}
