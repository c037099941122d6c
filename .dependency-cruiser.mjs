// Who may import whom. Each rule is shown to bite by a planted violation in scripts/architecture.test.ts.
const test = '\\.test\\.tsx?$'
const deny = (name, from, to) => ({ name, severity: 'error', from, to })

export default {
  forbidden: [
    deny('no-cycles', {}, { circular: true, viaOnly: { dependencyTypesNot: ['type-only'] } }),
    deny(
      'contracts-are-pure',
      { path: '^contracts/', pathNot: test },
      { pathNot: '^(contracts/|node_modules/zod/)' },
    ),
    deny('messages-are-texts', { path: '^messages/', pathNot: test }, { pathNot: '^(messages|contracts)/' }),
    deny(
      'web-sees-only-contracts',
      { path: '^web/', pathNot: test },
      { path: '^(server|world|bench|test)/' },
    ),
    deny(
      'one-web-app-does-not-see-another',
      { path: '^web/([^/]+)/' },
      { path: '^web/', pathNot: '^web/($1|shared)/' },
    ),
    deny(
      'platform-knows-no-domain',
      { path: '^server/platform/' },
      { path: '^server/(care|operator|channels|voice|tmf|commands|main\\.ts|config)' },
    ),
    deny(
      'operator-knows-no-care',
      { path: '^server/operator/' },
      { path: '^server/(care|channels|voice|tmf)/' },
    ),
    deny(
      'care-knows-no-door',
      { path: '^server/care/', pathNot: test },
      { path: '^server/(channels|voice|tmf)/' },
    ),
    deny(
      'modules-talk-through-faces',
      { path: '^server/(care|operator|channels|platform)/([^/]+)/' },
      { path: '^server/(care|operator|channels|platform)/(?!$2/)[^/]+/(?!index\\.ts$)' },
    ),
    deny(
      'outsiders-see-faces',
      { path: '^(server/[^/]+\\.ts$|server/(commands|compose|demo|tmf|voice)/|bench/|test/)', pathNot: test },
      { path: '^server/(care|operator|channels|platform)/[^/]+/(?!index\\.ts$)' },
    ),
    deny(
      'channels-see-only-the-timeline',
      { path: '^server/channels/([^/]+)/', pathNot: test },
      {
        path: '^server/(care|operator|channels)/',
        pathNot: '^server/(care/timeline/index\\.ts$|channels/$1/)',
      },
    ),
    deny(
      'world-is-outside',
      { path: '^world/' },
      { path: '^(server|web|contracts|bench)/', pathNot: '^server/platform/clock\\.ts$' },
    ),
    deny(
      'nobody-sees-the-world',
      { path: '^(server|web|contracts|messages)/', pathNot: test },
      { path: '^world/' },
    ),
    deny(
      'production-sees-no-tests',
      { path: '^(server|web|contracts|messages|world)/', pathNot: test },
      { path: `^test/|${test}` },
    ),
    deny(
      'only-main-reads-the-settings',
      {
        path: '^server/',
        pathNot: `^server/(main|config)\\.ts$|^server/(config|commands|compose|demo)/|${test}`,
      },
      { path: '^server/config' },
    ),
  ],
  options: {
    doNotFollow: { path: 'node_modules' },
    exclude: { path: '(^|/)(dist|coverage)/' },
    tsPreCompilationDeps: true,
    enhancedResolveOptions: {
      extensions: ['.ts', '.tsx', '.js', '.mjs'],
      exportsFields: ['exports'],
      conditionNames: ['import', 'node', 'default'],
    },
  },
}
