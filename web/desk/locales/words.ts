import type { ru } from './ru.ts'

/** The words of the desk; Russian is the measure. */
export type Words = typeof ru

/** Every key of the measure, except the plural forms that the other language does not have. */
export type Translated<T> = {
  readonly [K in keyof T as K extends `${string}_few` | `${string}_many` ? never : K]: T[K] extends string
    ? string
    : Translated<T[K]>
}
