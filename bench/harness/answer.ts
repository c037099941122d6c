type Answers = Readonly<Record<string, (input: never) => unknown>>

/** The program's side of `startProgram`: answers the parent's questions; ends with `atEnd` when the parent is gone. */
export function answerParent(answers: Answers, atEnd: () => Promise<void> = async () => {}): void {
  process.on('message', ({ id, what, input }: { id: number; what: string; input: never }) => {
    const answer = answers[what]
    void Promise.resolve()
      .then(() => (answer ? answer(input) : Promise.reject(new Error(`nobody answers ${what}`))))
      .then(
        (value) => ({ id, answer: value }),
        (error: unknown) => ({
          id,
          failure: error instanceof Error ? (error.stack ?? error.message) : String(error),
        }),
      )
      .then((reply) => process.send?.(reply))
  })
  process.once('disconnect', () => void atEnd().finally(() => process.exit(0)))
  // Ctrl-C reaches the whole group: the parent decides.
  process.on('SIGINT', () => undefined)
}
