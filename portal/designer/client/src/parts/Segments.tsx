interface SegmentsProps<Key extends string> {
  label: string;
  choices: readonly { key: Key; label: string }[];
  chosen: Key;
  onChoose: (key: Key) => void;
}

export function Segments<Key extends string>({ label, choices, chosen, onChoose }: SegmentsProps<Key>) {
  return (
    <div className="cwd-seg" role="group" aria-label={label}>
      {choices.map((choice) => (
        <button type="button" key={choice.key} aria-pressed={choice.key === chosen} onClick={() => onChoose(choice.key)}>
          {choice.label}
        </button>
      ))}
    </div>
  );
}
