// Something the operator must put right before anything can run. It is shown as one line, without a stack,
// and ends the command with exit code 1: say what is wrong and what to do.
export class CannotStart extends Error {
  override name = 'CannotStart'
}

export async function command(work: () => Promise<void>): Promise<void> {
  try {
    await work()
  } catch (error) {
    console.error(error instanceof CannotStart ? `vivavoce: ${error.message}` : error)
    process.exit(1)
  }
}
