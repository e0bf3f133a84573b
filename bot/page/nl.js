// Every text that a visitor can meet, in plain Dutch: short sentences, everyday words, "je".
// A {name} is filled in by `fill`.

export const nl = {
  name: "Wegwijs",
  tagline: "Chatbot over werk in de zorg en de kinderopvang",
  launcher: "Vraag het aan Wegwijs",
  close: "Sluit de chat",
  conversation: "Gesprek",

  intro: {
    title: "Werken in de zorg of de kinderopvang?",
    lead: "Wegwijs zoekt het samen met jou uit:",
    points: [
      "welke opleidingen je kunt volgen",
      "hoelang dat duurt",
      "wat je ervaring waard is",
      "met wie je kunt praten",
    ],
    free: "Gratis. Je hoeft je naam niet te geven.",
  },

  privacy: {
    title: "Goed om te weten",
    text: "Wegwijs is een chatbot, geen mens. We bewaren dit gesprek tot 7 dagen na je laatste bericht, en wissen het dan.",
  },

  speaker: { bot: "Wegwijs", user: "Jij" },
  says: { bot: "Wegwijs zegt:", user: "Jij zegt:" },

  composer: {
    label: "Typ je vraag of je antwoord",
    placeholder: "Typ hier",
    send: "Verstuur",
    hint: "Druk op Enter om te versturen. Shift en Enter samen maken een nieuwe regel.",
  },
  human: { button: "Praat met een mens", message: "Ik wil met een mens praten" },
  newer: "Nieuw bericht",

  menu: {
    button: "Menu",
    restart: "Begin opnieuw",
    erase: "Wis dit gesprek",
    download: "Bewaar als tekst",
    print: "Druk af",
    size: "Letters",
    sizes: { 1: "Gewoon", 2: "Groot", 3: "Grootst" },
    theme: "Kleuren",
    themes: { auto: "Zoals mijn toestel", light: "Licht", dark: "Donker", contrast: "Veel contrast" },
    speech: "Lees nieuwe berichten voor",
  },

  confirm: {
    restart: { title: "Opnieuw beginnen?", text: "We wissen dit gesprek. Daarna begin je van voren af aan.", yes: "Begin opnieuw" },
    erase: { title: "Dit gesprek wissen?", text: "We wissen alles wat hier staat. Je kunt het niet terughalen.", yes: "Wis het gesprek" },
    no: "Nee, ga terug",
  },

  status: {
    offline: "Je hebt geen internet. Je bericht gaat weg zodra je weer internet hebt.",
    unreachable: "Er is even geen verbinding. We proberen het zo opnieuw.",
    starting: "Wegwijs start op. Nog even geduld.",
    busy: "Het is druk. Je bericht gaat zo weg.",
    slow: "Het duurt wat langer. Nog even geduld.",
    tooLong: "Je bericht is te lang. Maak het korter en verstuur het opnieuw.",
    failed: "Er ging iets mis bij ons. Probeer het straks opnieuw.",
    erased: "Het gesprek is gewist.",
    retry: "Probeer nu",
    typing: "Wegwijs schrijft …",
    pending: "Nog niet verstuurd",
  },

  speech: { read: "Lees voor", stop: "Stop" },

  question: { progress: "Vraag {step} van hoogstens {most}" },
  choices: "Kies een antwoord",
  choicesSpoken: "Je kunt kiezen: {titles}.",

  thumbs: {
    ask: "Hielp dit antwoord?",
    up: "Ja, dit hielp",
    down: "Nee, dit hielp niet",
    thanks: { up: "Fijn. Bedankt!", down: "Bedankt. Zo weten we wat beter kan." },
  },

  asText: "Lees dit als tekst",
  sources: { one: "Waar staat dit?", title: "Bron", many: "Bronnen" },
  link: "(opent in een nieuw venster)",
  ask: "Vraag het aan",
  website: "Website",
  ticked: "{done} van {all} aangekruist",

  trajectory: {
    title: "Jouw routes",
    all: "Toon alle routes",
    more: "Toon alle {count} routes",
    less: "Toon alleen de beste 3",
    known: "Wat weet ik van jou?",
    why: "Waarom?",
    duration: "Duur",
    country: "Land",
    spoken: "Je ziet {count} routes.",
    verdicts: {
      open: "Open voor jou",
      bijna: "Bijna open",
      nog_te_weten: "Nog te weten",
      onbekend: "Onbekend",
      niet: "Nu niet",
    },
    countries: { vlaanderen: "Vlaanderen", brussel: "Brussel", nederland: "Nederland" },
  },

  comparison: { caption: "Naast elkaar", subject: "Waarover", spoken: "Er staat een tabel bij." },
  plan: {
    title: "Jouw plan",
    steps: "Wat je doet",
    who: "Bij",
    lasts: "Duur",
    bring: "Neem mee",
    duration: "Hoelang en hoeveel",
    when: "Wanneer",
    example: "Dit is een voorbeeld. Je school of centrum bepaalt de data.",
    money: "Geld",
    moreMoney: "Meer over geld",
    shorter: "Korter",
    arrange: "Te regelen",
    maybe: "Misschien voor jou",
    questions: "Vragen die je kunt stellen",
  },
  timeline: { title: "Stap voor stap", spoken: "Er staan {count} stappen bij." },
  evc: {
    check: "Kruis aan wat je al deed",
    go: "Verder",
    none: "Geen van deze",
    result: "Jouw EVC-scan",
    draft: "Tekst voor je portfolio",
    hint: "Pas de tekst gerust aan. Hij blijft op dit toestel tot je het gesprek wist.",
    copy: "Kopieer",
    copied: "De tekst is gekopieerd.",
    save: "Bewaar als tekst",
    file: "portfolio.txt",
  },
  notes: {
    handover: "Praat met een mens",
    error: "Er ging iets mis",
  },

  transcript: { title: "Gesprek met Wegwijs", file: "gesprek-wegwijs.txt", foot: "Wegwijs is een chatbot. Vraag het na bij een mens voor je iets beslist." },
};

/** fill("Vraag {step}", {step: 3}) gives "Vraag 3". */
export function fill(text, values) {
  return text.replace(/\{(\w+)\}/g, (_, key) => String(values[key] ?? ""));
}
