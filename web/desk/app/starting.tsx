/** The page's own mark, as `index.html` shows it before the first script has come: nothing jumps when this takes its place. */
export function Starting() {
  return <img className="starting" src="/desk/icon.svg" alt="" width={40} height={40} />
}
