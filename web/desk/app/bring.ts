import { ApiProblem } from '../../shared/api/index.ts'

/** Whether whoever has the desk's own files answers at all. */
export async function isAnswered(): Promise<boolean> {
  try {
    await fetch('/desk/', { method: 'HEAD', cache: 'no-store' })
    return true
  } catch {
    return false
  }
}

/**
 * A part of the desk in a file of its own. Where nobody answers, that is what is thrown: the router would begin the page anew, and without
 * a network there would be no desk at all. Where the file is gone since a newer version came, the page is to be begun anew.
 */
export const bring =
  <Part>(part: () => Promise<Part>) =>
  async (): Promise<Part> => {
    try {
      return await part()
    } catch (error) {
      throw (await isAnswered()) ? error : new ApiProblem('network')
    }
  }
