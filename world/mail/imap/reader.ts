/** One command as it came: its line with `{n}` where a literal stood, and the literals in their order. */
export interface RawCommand {
  line: string
  literals: Buffer[]
}

/**
 * Cuts a stream into commands (RFC 9051, 2.2.1 and 4.3). A synchronizing literal `{n}` is invited by `invite`,
 * a `{n+}` comes by itself.
 */
export function createReader(
  onCommand: (command: RawCommand) => void,
  invite: () => void,
): (chunk: Buffer) => void {
  let buffer = Buffer.alloc(0)
  let line = ''
  let literals: Buffer[] = []
  let literalLeft: number | undefined

  const takeLiteral = (length: number): boolean => {
    if (buffer.length < length) return false
    literals.push(buffer.subarray(0, length))
    buffer = buffer.subarray(length)
    literalLeft = undefined
    return true
  }

  const takeLine = (): boolean => {
    const end = buffer.indexOf('\r\n')
    if (end < 0) return false
    const part = buffer.toString('utf8', 0, end)
    buffer = buffer.subarray(end + 2)
    line += part
    const literal = /\{(\d+)(\+?)\}$/.exec(part)
    if (literal) {
      literalLeft = Number(literal[1])
      if (literal[2] === '') invite()
      return true
    }
    const command = { line, literals }
    line = ''
    literals = []
    onCommand(command)
    return true
  }

  return (chunk) => {
    buffer = Buffer.concat([buffer, chunk])
    while (literalLeft === undefined ? takeLine() : takeLiteral(literalLeft)) {
      // Goes on until a whole command or literal is no longer there.
    }
  }
}

/** Words of a command: atoms, quoted strings and literals unwrapped; parentheses stand alone. */
export function wordsOf({ line, literals }: RawCommand): string[] {
  const left = [...literals]
  const pattern = /"((?:[^"\\]|\\.)*)"|\{\d+\+?\}|[()]|(?:[^\s()"[\]]|\[[^\]]*\])+/g
  return [...line.matchAll(pattern)].map(([whole, quoted]) => {
    if (quoted !== undefined) return quoted.replace(/\\(.)/g, '$1')
    return /^\{\d+\+?\}$/.test(whole) ? (left.shift()?.toString('utf8') ?? '') : whole
  })
}
