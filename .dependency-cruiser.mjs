// The walls of the house (docs: ARCHITECTURE.md). Each rule's comment is the sentence that the person who hits it reads.

const code = '\\.(ts|tsx|mjs)$';
const test = '\\.test\\.tsx?$';
const node = ['core'];
const store = '^server/modules/.+/(store|store-[a-z-]+|[a-z-]+-store)\\.ts$';
const outside = '(^|/)node_modules/';

/** A top folder may reach only these paths inside the house. */
function reaches(folder, allowed, comment) {
  return {
    name: `${folder}-reaches`,
    severity: 'error',
    comment,
    // How a part is built is a matter of the tools, wherever its file has to lie.
    from: { path: `^${folder}/`, pathNot: [test, 'vite\\.config\\.ts$'] },
    to: {
      path: '^(contract|texts|ssh|mail|analyse|probe|server|cli|web|lab|bench|test|tools|db)/',
      pathNot: `^(${[folder, ...allowed].join('|')})/`,
    },
  };
}

/** @type {import('dependency-cruiser').IConfiguration} */
export default {
  forbidden: [
    {
      name: 'unresolved',
      severity: 'error',
      comment: 'This import leads nowhere: the file is missing.',
      from: { pathNot: '^web/' },
      // A package's types may stand in another one (@types): the compiler sees to those.
      to: { couldNotResolve: true, path: '^[.#]' },
    },
    {
      name: 'circle',
      severity: 'error',
      comment:
        'Files that import each other, even for a type only, cannot be understood alone: move what both need into a third.',
      from: {},
      to: { circular: true },
    },
    {
      name: 'contract-stands-alone',
      severity: 'error',
      comment:
        'The contract is what Vigie promises to every client; it may lean on nothing but zod and the contract library.',
      from: { path: '^contract/', pathNot: test },
      to: { pathNot: ['^contract/', `${outside}(zod|@orpc/[^/]+)/`] },
    },
    {
      name: 'texts-know-the-contract',
      severity: 'error',
      comment: 'Texts are words: they know the contract’s names and nothing else.',
      from: { path: '^texts/', pathNot: test },
      to: { pathNot: ['^texts/', '^contract/'] },
    },
    {
      name: 'ssh-knows-nobody',
      severity: 'error',
      comment:
        'ssh/ is a transport that knows nothing of the rest, so that probe and server can both stand on it: node and npm packages only.',
      from: { path: '^ssh/', pathNot: test },
      to: { pathNot: ['^ssh/', outside], dependencyTypesNot: node },
    },
    reaches(
      'mail',
      ['contract', 'texts'],
      'mail/ reads and writes internet messages for whoever asks: it knows no module, no database and no check.',
    ),
    reaches(
      'analyse',
      ['contract', 'texts'],
      'analyse/ reckons with what it is handed: it knows no module, no database, no check and no clock.',
    ),
    reaches(
      'probe',
      ['contract', 'texts', 'ssh'],
      'A probe may run at another site without the server: it knows the contract, the texts and ssh/ only.',
    ),
    reaches(
      'cli',
      ['contract', 'texts', 'analyse'],
      'The command line is a client like any other: contract, texts and what reckons without a server, never the server.',
    ),
    reaches('web', ['contract', 'texts'], 'The web is a client like any other: contract and texts, never the server.'),
    reaches(
      'server',
      ['contract', 'texts', 'ssh', 'mail', 'analyse', 'probe', 'db'],
      'The server runs in production: it never leans on clients, tests, tools or the lab.',
    ),
    {
      name: 'platform-knows-no-module',
      severity: 'error',
      comment: 'The platform is thin and knows no module: pass what it needs as an argument from app/.',
      from: { path: '^server/platform/', pathNot: test },
      to: { path: '^(server/(modules|app)/|server/main\\.ts|probe/)' },
    },
    {
      name: 'module-never-imports-module',
      severity: 'error',
      comment: 'A module never imports another, not even a type: say what you need in needs.ts, and app/ gives it.',
      from: { path: '^server/modules/([^/]+)/' },
      to: { path: '^server/modules/', pathNot: '^server/modules/$1/' },
    },
    {
      name: 'module-never-imports-app',
      severity: 'error',
      comment: 'app/ connects modules and decides nothing; a module that reaches up into it would close a circle.',
      from: { path: '^server/(modules|platform)/', pathNot: test },
      to: { path: '^server/(app/|main\\.ts)' },
    },
    {
      name: 'app-enters-by-module',
      severity: 'error',
      comment: 'app/ enters a module by its public face, module.ts, and by nothing else.',
      from: { path: '^server/app/', pathNot: test },
      to: { path: '^server/modules/', pathNot: '^server/modules/[^/]+/module\\.ts$' },
    },
    {
      name: 'demo-enters-by-module',
      severity: 'error',
      comment: 'The demonstration plays on the modules’ public faces, as app/ does: module.ts and nothing else.',
      from: { path: '^server/demo/', pathNot: test },
      to: { path: '^server/modules/', pathNot: '^server/modules/[^/]+/module\\.ts$' },
    },
    {
      name: 'demo-is-a-leaf',
      severity: 'error',
      comment:
        'Nothing real leans on what is invented: only main.ts brings the demonstration in, when it is asked for.',
      from: { path: '^server/(app|modules|platform)/' },
      to: { path: '^server/demo/' },
    },
    {
      name: 'main-enters-by-app',
      severity: 'error',
      comment: 'main.ts reads the environment and hands over to app/ and platform/.',
      from: { path: '^server/main\\.ts$' },
      to: { path: '^server/modules/' },
    },
    {
      name: 'acts-without-platform',
      severity: 'error',
      comment:
        'Only module.ts and stores touch the platform; an act receives store, publisher and clock as arguments (types are free).',
      from: {
        path: '^server/modules/',
        pathNot: ['^server/modules/[^/]+/module\\.ts$', store, test],
      },
      to: {
        path: '^server/platform/',
        // The platform's words that decide nothing: a Refusal is thrown where the rule is broken, a clock is only a type, what a zone’s clocks show is arithmetic, and so is how a file is written.
        pathNot:
          '^server/platform/(refusal|caller|field-faults|clock|facts|log|hash-chain|audit-content|zoned-time|csv|streamed-file)\\.ts$',
        dependencyTypesNot: ['type-only'],
      },
    },
    {
      name: 'database-in-stores',
      severity: 'error',
      comment: 'SQL lives in stores: only a store (or the platform) holds the database library.',
      from: { path: '^server/(modules|app)/', pathNot: [store, test] },
      to: { path: `${outside}(kysely|pg|@types/pg|graphile-worker)/` },
    },
    {
      name: 'needs-are-types',
      severity: 'error',
      comment: 'What a module needs of others is stated as types; needs.ts runs nothing.',
      from: { path: '^server/modules/[^/]+/needs\\.ts$' },
      to: { path: '^server/modules/[^/]+/(?!needs\\.ts$)', dependencyTypesNot: ['type-only'] },
    },
    {
      name: 'check-kind-is-a-folder',
      severity: 'error',
      comment:
        'A check kind is one folder: it never imports another kind. What two kinds share has a name of its own in probe/.',
      from: { path: '^probe/checks/([^/]+)/' },
      to: { path: '^probe/checks/[^/]+/', pathNot: '^probe/checks/$1/' },
    },
    {
      name: 'ui-knows-nothing',
      severity: 'error',
      comment: 'web/ui is the box of parts: it knows neither modules, nor the shell, nor the API.',
      from: { path: '^web/ui/', pathNot: test },
      to: {
        path: ['^web/(modules|shell)/', '^web/[^/]+\\.tsx?$', '^contract/', `${outside}@orpc/`],
        // When a field of a form is of use is said in its schema, and forms, checks and the command line read it alike.
        pathNot: '^contract/show-when\\.ts$',
      },
    },
    {
      name: 'web-module-alone',
      severity: 'error',
      comment: 'A screen’s module never imports another’s: link by web/paths.ts, share by web/ui.',
      from: { path: '^web/modules/([^/]+)/' },
      to: { path: '^web/modules/', pathNot: '^web/modules/$1/' },
    },
    {
      name: 'web-is-a-browser',
      severity: 'error',
      comment: 'The web runs in a browser: no Node module and no server library.',
      from: { path: '^web/', pathNot: ['^web/.*vite\\.config\\.ts$', test] },
      to: { dependencyTypes: node },
    },
    {
      name: 'tests-are-leaves',
      severity: 'error',
      comment: 'Nothing in the product imports a test.',
      from: { pathNot: [test, '^(test|bench)/'] },
      to: { path: [test, '^test/'] },
    },
    {
      name: 'lab-knows-ssh',
      severity: 'error',
      comment: 'The lab is servers, not Vigie: it may know ssh/ and nothing else of the house.',
      from: { path: '^lab/', pathNot: test },
      to: { path: '^(contract|texts|mail|analyse|probe|server|cli|web|bench|test)/' },
    },
    {
      name: 'packages-are-listed',
      severity: 'error',
      comment: 'A package that package.json does not name may vanish any day: name it there, pinned.',
      from: {},
      to: { dependencyTypes: ['npm-no-pkg', 'npm-unknown'] },
    },
    {
      name: 'product-without-dev-packages',
      severity: 'error',
      comment: 'The product runs on “dependencies”; what only tests need stays in “devDependencies”.',
      from: {
        path: `^(contract|texts|ssh|mail|analyse|probe|server|cli|web)/.*${code}`,
        pathNot: [test, '^web/.*vite\\.config\\.ts$'],
      },
      to: {
        dependencyTypes: ['npm-dev'],
        pathNot: `${outside}@types/`,
        dependencyTypesNot: ['type-only'],
      },
    },
  ],
  options: {
    parser: 'swc',
    tsPreCompilationDeps: true,
    doNotFollow: { path: outside },
    exclude: { path: '(^|/)(\\.cache|dist|testdata|fixtures)/' },
    enhancedResolveOptions: {
      extensions: ['.ts', '.tsx', '.mjs', '.js', '.json', '.css'],
      conditionNames: ['import', 'node', 'default'],
      exportsFields: ['exports'],
      mainFields: ['module', 'main'],
    },
  },
};
