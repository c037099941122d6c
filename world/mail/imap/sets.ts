/** The numbers of a sequence set (`1:3,7,9:*`) that are among `known`; `*` is the largest of them. */
export function inSet(set: string, known: number[]): number[] {
  const largest = Math.max(0, ...known)
  const number = (text: string | undefined): number =>
    text === '*' || text === undefined ? largest : Number(text)
  const ranges = set.split(',').map((part) => {
    const [from, to = from] = part.split(':')
    const ends: [number, number] = [number(from), number(to)]
    return { low: Math.min(...ends), high: Math.max(...ends) }
  })
  return known.filter((one) => ranges.some(({ low, high }) => one >= low && one <= high))
}
