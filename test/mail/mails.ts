let made = 0

/** A mail as a program would write it. Headers of the same name replace those that it has anyway; undefined leaves one out. */
export function aMail(
  text: string,
  headers: Readonly<Record<string, string | undefined>> = {},
): { raw: string; id: string } {
  made += 1
  const id = headers['Message-ID'] ?? `<test-${process.pid}-${made}@mail.example>`
  const all = {
    From: 'Иван Петров <ivan@mail.example>',
    To: 'support@volna.example',
    Subject: 'Вопрос',
    Date: 'Tue, 24 Nov 2026 10:00:00 +0300',
    'Message-ID': id,
    'MIME-Version': '1.0',
    'Content-Type': 'text/plain; charset=utf-8',
    'Content-Transfer-Encoding': '8bit',
    ...headers,
  }
  const lines = Object.entries(all).flatMap(([name, value]) =>
    value === undefined ? [] : [`${name}: ${value}`],
  )
  return { raw: `${lines.join('\r\n')}\r\n\r\n${text.replace(/\r?\n/g, '\r\n')}\r\n`, id }
}
