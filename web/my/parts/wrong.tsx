import parts from './parts.module.css'

/** What is wrong with the field above it; `id` is what the field is described by. */
export function Wrong({ id, text }: { readonly id: string; readonly text: string | undefined }) {
  return (
    <p id={id} class={`${parts.wrong} ${parts.under}`} role="alert">
      {text}
    </p>
  )
}
