// Takes laid together, by the same rule as the server's core/take.py: what stands is what no other was made over.
export const keyOf = (question, part) => `${question}|${part}`;

const earlier = (one, other) => (one.at < other.at ? -1 : one.at > other.at ? 1 : one.uid < other.uid ? -1 : 1);

export function standing(takes) {
  const known = new Map(takes.map((take) => [take.uid, take]));
  const seen = new Set([...known.values()].flatMap((take) => (take.over || []).filter((uid) => uid !== take.uid)));
  return [...known.values()].filter((take) => !seen.has(take.uid)).sort(earlier);
}

const same = (one, other) => JSON.stringify(one) === JSON.stringify(other);

// Those that stand against each other, one for each different value; none where all say the same.
export function apart(left) {
  const different = [];
  for (const take of left) if (!different.some((other) => same(other.value, take.value))) different.push(take);
  return different.length > 1 ? different : [];
}

// An audit as it stands on this device: what was fetched, and over it what is not sent yet.
export class Sheet {
  constructor(kit, waiting) {
    this.kit = kit;
    this.places = new Map(Object.entries(kit.standing).map(([key, takes]) => [key, [...takes]]));
    waiting.filter((take) => take.code === kit.code && !take.refused).forEach((take) => this.add(take));
  }
  add(take) { const key = keyOf(take.question, take.part); this.places.set(key, [...(this.places.get(key) || []), { ...take, at: take.made_at, mine: true }]); }
  at(question, part) { return standing(this.places.get(keyOf(question, part)) || []); }
  value(question, part) { return this.at(question, part).at(-1)?.value ?? null; }
  apart(question, part) { return apart(this.at(question, part)); }
  parts(question, begin) { return [...this.places.keys()].map((key) => key.split("|")).filter(([id, part]) => id === question && part.startsWith(begin)).map(([, part]) => part); }
  said(question) { return this.parts(question, "said:").map((part) => this.value(question, part)).filter(Boolean); }
  points(question) { return this.parts(question, "point:").map((part) => ({ part, ...this.value(question, part) })).filter((point) => point.text); }
  answered(question, method) { return this.value(question.id, method.letter) !== null || (method.letter === "I" && this.said(question.id).length > 0); }
  left(question) { return this.value(question.id, "na") ? [] : question.methods.filter((method) => !this.answered(question, method)); }
}
