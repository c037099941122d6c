import { Kbd, Modal, Table } from '@mantine/core'
import { useWords } from '../app/words.ts'

const KEYS = [
  ['palette', ['Ctrl', 'K']],
  ['next', ['J']],
  ['previous', ['K']],
  ['open', ['Enter']],
  ['reply', ['R']],
  ['goOn', [']']],
  ['note', ['N']],
  ['articles', ['H']],
  ['claim', ['C']],
  ['assign', ['A']],
  ['resolve', ['E']],
  ['snooze', ['S']],
  ['search', ['/']],
  ['macro', ['/']],
  ['help', ['?']],
] as const

/** All keys on one sheet. They are places on the keyboard: the layout does not matter. */
export function ShortcutsHelp({ opened, close }: { opened: boolean; close: () => void }) {
  const { t } = useWords()
  return (
    <Modal
      opened={opened}
      onClose={close}
      title={t('keys.title')}
      closeButtonProps={{ 'aria-label': t('states.close') }}
    >
      <Table verticalSpacing={5} withRowBorders={false}>
        <Table.Tbody>
          {KEYS.map(([name, keys]) => (
            <Table.Tr key={name}>
              <Table.Td>{t(`keys.${name}`)}</Table.Td>
              <Table.Td ta="right">
                {keys.map((key) => (
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
