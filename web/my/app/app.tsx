import { useEffect } from 'preact/hooks'
import { isProblem } from '../../shared/api/index.ts'
import { useSession } from '../data/session.ts'
import { Skeleton, Trouble } from '../parts/states.tsx'
import { Toasts } from '../parts/toast.tsx'
import { SignIn } from '../sign-in/sign-in.tsx'
import { lazyPage } from './lazy-page.tsx'
import { usePlace } from './route.ts'
import styles from './shell.module.css'
import { Shell } from './shell.tsx'
import { speak } from './words.ts'

const PublicHelp = lazyPage('help', () => import('../help/help-page.tsx').then((one) => one.HelpPage))

/** The app: behind the session gate, a person's lines. */
export function App() {
  return (
    <>
      <Gate />
      <Toasts />
    </>
  )
}

function Gate() {
  const { value: session, problem, again } = useSession()
  const { section, rest } = usePlace()
  useEffect(() => {
    if (!session) return
    speak(session.locale)
    // The operator's own colour: the family's is only the default.
    document.documentElement.style.setProperty('--operator-accent', session.operator.accent)
  }, [session])
  if (isProblem(problem, 'unauthenticated')) {
    // Help is for everybody; to write to us one says who one is.
    if (section !== 'help' || rest === 'chat') return <SignIn />
    return (
      <main class={styles.main}>
        <PublicHelp rest={rest} />
      </main>
    )
  }
  if (session) return <Shell session={session} />
  return (
    <main class={styles.main}>{problem ? <Trouble problem={problem} again={again} /> : <Skeleton />}</main>
  )
}
