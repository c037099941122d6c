/** How one kind of phone is set up, in the words of the article. */
export interface Steps {
  /** What the article calls the kind: "Samsung". */
  readonly phone: string
  /** Markup. */
  readonly text: string
}

/** Reads the steps by kind of phone out of the article: each stands under a heading of the third level, until the next heading. */
export function stepsOf(body: string): Steps[] {
  const [, ...sections] = body.split(/^(?=#{1,3} )/m)
  return sections.flatMap((section) => {
    const heading = /^### +(.+)\n/.exec(section)
    const [line = '', phone = ''] = heading ?? []
    const text = section.slice(line.length).trim()
    return phone === '' || text === '' ? [] : [{ phone: phone.trim(), text }]
  })
}
