/** The page's only script: the two switches and the search field. Without it the page still reads, in its first language. */
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
  setLanguage(kept('medpay-language') || root.dataset.language)
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
