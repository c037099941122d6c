// What we use of pdfmake 0.3: it carries no types of its own.
// biome-ignore lint/correctness/noUnresolvedImports: the package is found by its `main`, which Biome does not read
declare module 'pdfmake' {
  interface Text {
    readonly text: string
    readonly bold?: boolean
    readonly fontSize?: number
    readonly alignment?: string
    readonly margin?: readonly [number, number, number, number]
  }
  interface TableNode {
    readonly layout: string
    readonly table: {
      readonly headerRows: number
      readonly widths: readonly string[]
      readonly body: readonly (readonly Text[])[]
    }
  }
  interface DocumentDefinition {
    readonly info: { readonly title: string }
    readonly pageSize: 'A4'
    readonly pageMargins: readonly [number, number, number, number]
    readonly defaultStyle: { readonly font: string; readonly fontSize: number }
    readonly content: readonly (Text | TableNode)[]
    readonly footer: (page: number, pages: number) => Text
  }
  const pdfmake: {
    setFonts(fonts: Readonly<Record<string, Readonly<Record<string, string>>>>): void
    setUrlAccessPolicy(allows: (url: string) => boolean): void
    setLocalAccessPolicy(allows: (path: string) => boolean): void
    createPdf(document: DocumentDefinition): { getBuffer(): Promise<Buffer> }
  }
  export = pdfmake
}
