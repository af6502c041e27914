// The page is built from elements and text only, never from markup: nothing the document says can become code.
export function el(tag, attributes = {}, ...children) {
  const node = document.createElement(tag)
  for (const [name, value] of Object.entries(attributes)) {
    if (typeof value === 'function') node.addEventListener(name, value)
    else if (value !== false) node.setAttribute(name, value === true ? '' : value)
  }
  node.append(...children.flat(Infinity).filter((child) => child !== undefined && child !== false))
  return node
}

// Names and what they mean, one under the other.
export function facts(pairs, kind = 'facts') {
  return el(
    'dl',
    { class: kind },
    pairs.map(([name, value]) => el('div', {}, el('dt', {}, name), el('dd', {}, value))),
  )
}

// Text that may have to scroll, and so must be reachable by key.
export const listing = (label) => el('pre', { tabindex: '0', role: 'group', 'aria-label': label })
