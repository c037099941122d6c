import { ChannelKind } from '../../../contracts/channels.ts'
import type { Containment } from '../../../contracts/containment.ts'
import { useWords } from '../app/words.ts'
import { ChannelMark } from '../parts/channel-mark.tsx'
import styles from './containment.module.css'
import { SHARES, sayShare, sharesOf } from './shares.ts'

type Group = Containment['groups'][number]

/** The same numbers by flow, node, channel or intent. */
export function Groups({ data: { groups, by } }: { data: Containment }) {
  const { t, locale } = useWords()
  return (
    <div className={styles.wide}>
      <table className={styles.groups}>
        <thead>
          <tr>
            <th>{t(`containment.by.${by}`)}</th>
            <th>{t('containment.visits')}</th>
            {SHARES.map((name) => (
              <th key={name}>{t(`containment.${name}.short`)}</th>
            ))}
            <th>{t('containment.abandoned')}</th>
            <th>{t('containment.asked')}</th>
          </tr>
        </thead>
        <tbody>
          {groups.map((one) => (
            <tr key={one.key}>
              <td>
                <GroupName one={one} by={by} />
              </td>
              <td>{one.numbers.visits}</td>
              {SHARES.map((name) => (
                <td
                  key={name}
                  title={t('containment.of', {
                    part: sharesOf(one.numbers)[name].part,
                    count: sharesOf(one.numbers)[name].of,
                  })}
                >
                  {sayShare(sharesOf(one.numbers)[name], locale)}
                </td>
              ))}
              <td>{one.numbers.abandoned}</td>
              <td>{one.numbers.asked}</td>
            </tr>
          ))}
        </tbody>
      </table>
    </div>
  )
}

function GroupName({ one: { key, title }, by }: { one: Group; by: Containment['by'] }) {
  const { locale } = useWords()
  const channel = by === 'channel' ? ChannelKind.safeParse(key).data : undefined
  if (channel) return <ChannelMark channel={channel} size={14} />
  if (!title) return <>{key}</>
  return (
    <>
      {title[locale]}
      {by === 'node' && <span className={styles.node}> · {key.split('/')[1]}</span>}
    </>
  )
}
