/** What is wrong with a form as a whole; nothing while nothing is. */
export function FormProblem({ text }: { text: string | undefined }) {
  if (text === undefined) return null;
  return (
    <p className="v-problem-text" role="alert">
      {text}
    </p>
  );
}
