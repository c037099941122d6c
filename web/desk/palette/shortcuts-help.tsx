import { Kbd, Modal, Table } from '@mantine/core'
import { useWords } from '../app/words.ts'
import { useMe } from '../session/use-me.ts'

const EVERYWHERE = [['palette', ['Ctrl', 'K']]] as const
const OF_CONVERSATIONS = [
  ['next', ['J']],
  ['previous', ['K']],
  ['open', ['Enter']],
  ['goOn', [']']],
  ['reply', ['R']],
  ['note', ['N']],
  ['articles', ['H']],
  ['claim', ['C']],
  ['assign', ['A']],
  ['resolve', ['E']],
  ['snooze', ['S']],
  ['search', ['/']],
  ['macro', ['/']],
] as const
const LAST = [['help', ['?']]] as const

/** All keys that do something for whoever looks, on one sheet. They are places on the keyboard: the layout does not matter. */
export function ShortcutsHelp({ opened, close }: { opened: boolean; close: () => void }) {
  const { t } = useWords()
  const { may } = useMe()
  const keys = [...EVERYWHERE, ...(may('agent', 'supervisor') ? OF_CONVERSATIONS : []), ...LAST]
  return (
    <Modal
      opened={opened}
      onClose={close}
      title={t('keys.title')}
      closeButtonProps={{ 'aria-label': t('states.close') }}
    >
      <Table verticalSpacing={5} withRowBorders={false}>
        <Table.Tbody>
          {keys.map(([name, places]) => (
            <Table.Tr key={name}>
              <Table.Td>{t(`keys.${name}`)}</Table.Td>
              <Table.Td ta="right">
                {places.map((key) => (
                  <Kbd key={key} ml={4}>
                    {key}
                  </Kbd>
                ))}
              </Table.Td>
            </Table.Tr>
          ))}
        </Table.Tbody>
      </Table>
    </Modal>
  )
}
