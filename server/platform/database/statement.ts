import pg from 'pg'

type Wire = pg.Connection

interface Field {
  readonly name: string
  readonly dataTypeID: number
  readonly format: 'text' | 'binary'
}

type Values = readonly unknown[]
type Row = Readonly<Record<string, unknown>>
type ParseValue = (text: string) => unknown

/** How rows of a statement become objects. */
interface Shape {
  readonly names: readonly string[]
  readonly parsers: readonly ParseValue[]
  /** All columns, null: rows that are copied from one object are made alike, and quickly. */
  readonly empty: Readonly<Record<string, null>>
}

const NO_ROWS: Shape = { names: [], parsers: [], empty: {} }

// The driver's own class, since only its queries may share a connection; its declared type leaves out what it calls.
const DriverQuery = pg.Query as unknown as new (
  text: string,
  values: Values,
) => { name: string; submit(connection: Wire): Error | null }

const shapes = new WeakMap<Wire, Map<string, Shape>>()
const taciturn = new WeakMap<Wire, Wire>()

function shapesOn(connection: Wire): Map<string, Shape> {
  const known = shapes.get(connection) ?? new Map<string, Shape>()
  shapes.set(connection, known)
  return known
}

/** The same connection, over which nothing is asked to be described. */
function withoutDescribing(connection: Wire): Wire {
  const known =
    taciturn.get(connection) ?? Object.create(connection, { describe: { value: () => undefined } })
  taciturn.set(connection, known)
  return known
}

/**
 * A named statement on its way. The driver asks PostgreSQL to describe the rows of each run, and reads the description; those of a statement never
 * change on a connection (PostgreSQL refuses: "cached plan must not change result type"), so that they are asked for once.
 */
export class Statement extends DriverQuery {
  readonly #types: pg.CustomTypesConfig
  readonly #resolve: (rows: Row[]) => void
  readonly #reject: (error: unknown) => void
  readonly #rows: Row[] = []
  #shapes = new Map<string, Shape>()
  #shape: Shape | undefined
  #failure: unknown

  constructor(
    { name, text, values }: { readonly name: string; readonly text: string; readonly values: Values },
    types: pg.CustomTypesConfig,
    { resolve, reject }: { resolve(rows: Row[]): void; reject(error: unknown): void },
  ) {
    super(text, values)
    this.name = name
    this.#types = types
    this.#resolve = resolve
    this.#reject = reject
  }

  override submit(connection: Wire): Error | null {
    this.#shapes = shapesOn(connection)
    this.#shape = this.#shapes.get(this.name)
    return super.submit(this.#shape ? withoutDescribing(connection) : connection)
  }

  handleRowDescription({ fields }: { readonly fields: readonly Field[] }): void {
    this.#shape = {
      names: fields.map(({ name }) => name),
      parsers: fields.map(({ dataTypeID, format }) => this.#types.getTypeParser(dataTypeID, format)),
      empty: Object.fromEntries(fields.map(({ name }) => [name, null])),
    }
  }

  handleDataRow({ fields }: { readonly fields: readonly (string | null)[] }): void {
    if (this.#failure !== undefined) return
    try {
      this.#rows.push(rowOf(this.#shape ?? NO_ROWS, fields))
    } catch (error) {
      this.#failure = error
    }
  }

  handleCommandComplete(): void {
    // How many rows were changed is not asked for: `countChanged`.
  }

  handleError(error: unknown): void {
    this.#reject(error)
  }

  handleReadyForQuery(): void {
    this.#shapes.set(this.name, this.#shape ?? NO_ROWS)
    if (this.#failure === undefined) this.#resolve(this.#rows)
    else this.#reject(this.#failure)
  }
}

function rowOf({ names, parsers, empty }: Shape, fields: readonly (string | null)[]): Row {
  const row: Record<string, unknown> = { ...empty }
  for (let n = 0; n < fields.length; n++) {
    const [name, parse, text] = [names[n], parsers[n], fields[n]]
    if (name !== undefined && parse && text !== null && text !== undefined) row[name] = parse(text)
  }
  return row
}
