/** What became of what was asked for: done, said politely, or not, said at once. */
export function Feedback({ done, error }: { done?: string | undefined; error?: string | undefined }) {
  return (
    <>
      <p role="status" className="font-medium text-good text-sm empty:hidden">
        {error ? undefined : done}
      </p>
      {error ? (
        <p role="alert" className="rounded-lg bg-wrong-soft px-3 py-2 text-wrong">
          {error}
        </p>
      ) : null}
    </>
  );
}
