/**
 * The page's only script: the two switches and the search field. Without it the page still reads, every language in turn.
 *
 * Which language opens: one the address asks for (`?lang=en`, or `#en-…` of a link into that language), else the one chosen here before,
 * else the first of the browser's that the page has, else the page's first.
 */
export const script = `
(() => {
  const root = document.documentElement
  const keep = (key, value) => { try { localStorage.setItem(key, value) } catch {} }
  const kept = (key) => { try { return localStorage.getItem(key) } catch { return null } }
  const press = (selector, key, value) => {
    for (const button of document.querySelectorAll(selector)) button.setAttribute('aria-pressed', String(button.dataset[key] === value))
  }
  const setLanguage = (language) => {
    const page = document.querySelector('main[data-language="' + language + '"]')
    if (!page) return
    root.dataset.language = language
    root.lang = page.lang
    document.title = page.dataset.title
    press('button[data-set-language]', 'setLanguage', language)
  }
  const setTheme = (theme) => {
    if (theme === 'auto') delete root.dataset.theme
    else root.dataset.theme = theme
    press('button[data-set-theme]', 'setTheme', theme)
  }
  for (const b of document.querySelectorAll('button[data-set-language]')) b.addEventListener('click', () => { setLanguage(b.dataset.setLanguage); keep('medpay-language', b.dataset.setLanguage) })
  for (const b of document.querySelectorAll('button[data-set-theme]')) b.addEventListener('click', () => { setTheme(b.dataset.setTheme); keep('medpay-theme', b.dataset.setTheme) })
  const here = (language) => document.querySelector('main[data-language="' + language + '"]') !== null
  const asked = [new URLSearchParams(location.search).get('lang'), location.hash.slice(1).split('-')[0]]
  const spoken = (navigator.languages || [navigator.language]).map((tag) => String(tag).toLowerCase().split('-')[0])
  setLanguage([...asked, kept('medpay-language'), ...spoken, root.dataset.language].find((language) => /^[a-z]+$/.test(language) && here(language)))
  setTheme(kept('medpay-theme') || 'auto')
  for (const field of document.querySelectorAll('input[data-filters]')) field.addEventListener('input', () => {
    const wanted = field.value.trim().toLowerCase()
    let shown = 0
    for (const row of document.querySelectorAll('#' + field.dataset.filters + ' tbody tr')) {
      row.hidden = wanted !== '' && !row.textContent.toLowerCase().includes(wanted)
      if (!row.hidden) shown += 1
    }
    document.getElementById(field.dataset.filters + '-shown').textContent = String(shown)
  })
})()
`
