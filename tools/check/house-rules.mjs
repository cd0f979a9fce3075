// The house's own lint rules: walls that no public rule knows. oxlint loads this file (jsPlugins).
// @ts-check

/** @typedef {any} Node a syntax node, as the linter hands it over */
/** @typedef {{ filename: string, sourceCode: any, report: (finding: any) => void }} Context */

/** @param {Node} node @param {string} object @param {string} property */
function isMember(node, object, property) {
  return (
    node.type === 'MemberExpression' &&
    node.object.type === 'Identifier' &&
    node.object.name === object &&
    (node.property.name === property || node.property.value === property)
  );
}

const environmentInConfig = {
  /** @param {Context} context */
  create(context) {
    const message =
      'The environment is read once, in a main or a config.ts, so that every setting has one name, one default and one sentence. Take it as an argument.';
    return {
      /** @param {Node} node */
      MemberExpression(node) {
        if (isMember(node, 'process', 'env')) context.report({ node, message });
        if (isMember(node, 'process', 'argv')) context.report({ node, message });
      },
      /** @param {Node} node */
      ImportSpecifier(node) {
        const source = node.parent?.source?.value;
        if (source !== 'node:process' && source !== 'process') return;
        if (node.imported.name === 'env' || node.imported.name === 'argv') {
          context.report({ node, message });
        }
      },
    };
  },
};

const timeInClock = {
  /** @param {Context} context */
  create(context) {
    const message = 'Time comes from the injected clock (clock.ts), so that a test can say what time it is.';
    return {
      /** @param {Node} node */
      MemberExpression(node) {
        if (isMember(node, 'Date', 'now')) context.report({ node, message });
        if (isMember(node, 'performance', 'now')) context.report({ node, message });
        if (isMember(node, 'process', 'hrtime')) context.report({ node, message });
      },
      /** @param {Node} node */
      NewExpression(node) {
        if (node.callee.name === 'Date' && node.arguments.length === 0) {
          context.report({ node, message });
        }
      },
      /** @param {Node} node */
      CallExpression(node) {
        if (node.callee.type === 'Identifier' && node.callee.name === 'Date') {
          context.report({ node, message });
        }
      },
    };
  },
};

const storeFile = /(^|\/)(store|store-[a-z-]+|[a-z-]+-store)\.ts$/;
const sqlStatement =
  /^\s*(select\s[\s\S]*\sfrom\s|insert\s+into\s|update\s+[\w."]+\s+set\s|delete\s+from\s|(create|alter|drop)\s+(table|index|view|schema|function|trigger|type)\s|truncate\s|with\s+\w+\s+as\s*\(|listen\s+\w+$|notify\s+\w+)/i;

const sqlInStores = {
  /** @param {Context} context */
  create(context) {
    const path = context.filename.replaceAll('\\', '/');
    const inModules = /\/server\/(modules|app)\//.test(path);
    if (!inModules || storeFile.test(path)) return {};
    const message = 'SQL lives in a store (store.ts, store-<noun>.ts): an act receives the store as an argument.';
    return {
      /** @param {Node} node */
      TaggedTemplateExpression(node) {
        if (node.tag.name === 'sql' || node.tag.object?.name === 'sql') {
          context.report({ node, message });
        }
      },
      /** @param {Node} node */
      Literal(node) {
        if (typeof node.value === 'string' && sqlStatement.test(node.value)) {
          context.report({ node, message });
        }
      },
      /** @param {Node} node */
      TemplateLiteral(node) {
        if (sqlStatement.test(node.quasis[0]?.value.cooked ?? '')) {
          context.report({ node, message });
        }
      },
    };
  },
};

const word = /\p{L}{2,}/u;
const spokenAttributes = new Set([
  'alt',
  'title',
  'label',
  'placeholder',
  'description',
  'error',
  'aria-label',
  'aria-description',
  'aria-roledescription',
  'aria-valuetext',
  'nothingFoundMessage',
  'legend',
  'summary',
  'tooltip',
  'heading',
]);
/** Words that are the same in every language. */
const neutral = /^(\s|[^\p{L}]|Vigie|PDF|CSV|JSON|API|Ctrl|Esc|OK|⌘)*$/u;

/** The first piece of text that a person would read in this expression, if it is written here. @param {Node} node @returns {boolean} */
function speaks(node) {
  switch (node?.type) {
    case 'Literal':
      return typeof node.value === 'string' && word.test(node.value) && !neutral.test(node.value);
    case 'TemplateLiteral':
      return node.quasis.some(
        (/** @type {Node} */ part) => word.test(part.value.cooked ?? '') && !neutral.test(part.value.cooked ?? ''),
      );
    case 'ConditionalExpression':
      return speaks(node.consequent) || speaks(node.alternate);
    case 'LogicalExpression':
      return speaks(node.right) || (node.operator !== '&&' && speaks(node.left));
    case 'BinaryExpression':
      return node.operator === '+' && (speaks(node.left) || speaks(node.right));
    case 'JSXExpressionContainer':
      return speaks(node.expression);
    default:
      return false;
  }
}

const noBareText = {
  /** @param {Context} context */
  create(context) {
    const message = 'A word that a person reads comes from texts/, in both languages: use the module’s typed texts.';
    return {
      /** @param {Node} node */
      JSXText(node) {
        if (word.test(node.value) && !neutral.test(node.value)) context.report({ node, message });
      },
      /** @param {Node} node */
      JSXExpressionContainer(node) {
        const inElement = node.parent?.type === 'JSXElement' || node.parent?.type === 'JSXFragment';
        if (inElement && speaks(node.expression)) context.report({ node, message });
      },
      /** @param {Node} node */
      JSXAttribute(node) {
        const name = node.name.type === 'JSXIdentifier' ? node.name.name : '';
        if (spokenAttributes.has(name) && node.value && speaks(node.value)) {
          context.report({ node, message });
        }
      },
    };
  },
};

/** What French typography does not allow, how `oxlint --fix` mends it, and how to say it. */
const frenchFaults = [
  { fault: / ([:;?!»])/gu, mend: '\u00a0$1', say: 'a no-break space before : ; ? ! and »' },
  { fault: /« /gu, mend: '«\u00a0', say: 'a no-break space after «' },
  { fault: /([\p{L}\p{N})}»])([?!;])(?=\s|$)/gu, mend: '$1\u00a0$2', say: 'a space before ; ? !' },
  { fault: /([\p{L})}»]):(?=\s|$)/gu, mend: '$1\u00a0:', say: 'a no-break space before :' },
  { fault: /«(?=[^\u00a0\u202f ])/gu, mend: '«\u00a0', say: 'a no-break space after «' },
  { fault: /(?<=[^\u00a0\u202f ])»/gu, mend: '\u00a0»', say: 'a no-break space before »' },
  { fault: /(?<=\p{L})'(?=[\p{L}«}])/gu, mend: '’', say: 'the apostrophe ’, not the straight one' },
  { fault: /\.\.\./gu, mend: '…', say: 'one … and not three full stops' },
];

const frenchTypography = {
  meta: { fixable: 'code' },
  /** @param {Context} context */
  create(context) {
    /** @param {Node} node @param {string} text what stands there, a value beside it written as } */
    const look = (node, text) => {
      if (/^[a-z]+(:|\/\/|\.)/.test(text) && !/\s/.test(text)) return; // an address or a key
      const found = frenchFaults.filter(({ fault }) => text.search(fault) >= 0);
      if (found.length === 0) return;
      const source = context.sourceCode.getText(node);
      const mended = mendFrench(source);
      context.report({
        node,
        message: `French typography wants ${found.map(({ say }) => say).join('; ')}.`,
        ...(mended !== source && {
          fix: (/** @type {any} */ fixer) => fixer.replaceText(node, mended),
        }),
      });
    };
    return {
      /** @param {Node} node */
      Literal(node) {
        const isPath = node.parent?.type === 'ImportDeclaration';
        if (typeof node.value === 'string' && !isPath) look(node, node.value);
      },
      /** @param {Node} node */
      TemplateElement(node) {
        const isFirst = node.parent.quasis[0] === node;
        look(node, `${isFirst ? '' : '}'}${node.value.cooked ?? ''}${node.tail ? '' : '}'}`);
      },
    };
  },
};

/** The source of a literal with its faults mended; left alone where it is written with escapes. @param {string} source */
function mendFrench(source) {
  if (/\\[ux]/.test(source)) return source;
  const quoted = /^(['"])([\s\S]*)\1$/.exec(source);
  const quote = quoted?.[1] ?? '';
  let text = quoted?.[2] ?? source;
  if (quote === "'") text = text.replaceAll("\\'", '’');
  for (const { fault, mend } of frenchFaults) text = text.replace(fault, mend);
  return quote + text + quote;
}

export default {
  meta: { name: 'house' },
  rules: {
    'environment-in-config': environmentInConfig,
    'time-in-clock': timeInClock,
    'sql-in-stores': sqlInStores,
    'no-bare-text': noBareText,
    'french-typography': frenchTypography,
  },
};
