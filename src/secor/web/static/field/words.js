// The app's own words. A form brings its own.
const FRENCH = {
  "Fill in a form": "Remplir un formulaire", "All forms": "Tous les formulaires", "Go on with": "Continuer",
  "On this phone": "Sur ce téléphone", "Stored": "Enregistré", "Send now": "Envoyer maintenant",
  "Everything is stored. You can close this.": "Tout est enregistré. Vous pouvez fermer.",
  "Keep this phone: something is only here.": "Gardez ce téléphone : quelque chose n'est qu'ici.",
  "Sign in to send": "Se connecter pour envoyer", "Finish and keep": "Terminer et garder", "Throw this draft away": "Jeter ce brouillon",
  "Add a row": "Ajouter une ligne", "Take this row out": "Enlever cette ligne", "Add a photo": "Ajouter une photo",
  "Take this photo out": "Enlever cette photo", "Sign here with a finger": "Signez ici avec le doigt", "Who signs?": "Qui signe?",
  "Add this signature": "Ajouter cette signature", "Wipe": "Effacer", "Somebody else": "Quelqu'un d'autre", "Name": "Nom",
  "Yes": "Oui", "No": "Non", "In order": "En ordre", "Not in order": "Pas en ordre", "Does not apply": "Ne s'applique pas",
  "What is wrong?": "Qu'est-ce qui ne va pas?", "How likely?": "Quelle probabilité?", "How bad?": "Quelle gravité?",
  "Hardly": "Faible", "Sometimes": "Parfois", "Often": "Souvent", "A scratch": "Légère", "Days off": "Arrêt de travail", "For life": "À vie",
  "Please fill in": "À remplir", "Choose": "Choisir", "Home": "Accueil", "photo": "photo", "photos": "photos",
  "signature": "signature", "signatures": "signatures", "no photos": "aucune photo", "Date": "Date", "Language": "Langue",
  "this photo cannot be read here": "cette photo ne peut pas être lue ici", "This photo can be seen once it is stored.": "Cette photo sera visible une fois enregistrée.",
  "Somewhere else": "Ailleurs", "a signature was drawn and not added": "une signature est dessinée et n'est pas ajoutée",
  "Try again": "Réessayer", "Open it again": "Rouvrir", "Not finished yet:": "Pas encore terminé :",
  "What is finished is stored.": "Ce qui est terminé est enregistré.", "Your desk": "Votre bureau",
  "A record of another business waits here. It is sent when one of its people signs in.": "Une fiche d'une autre entreprise attend ici. Elle partira quand l'un des siens se connectera.",
  "Somebody else has begun a form on this phone. It is here when they sign in.": "Quelqu'un d'autre a commencé un formulaire sur ce téléphone. Il sera là à sa connexion.",
  "To correct a record, this phone needs a signal and somebody who may read it.": "Pour corriger une fiche, ce téléphone a besoin de réseau et de quelqu'un qui peut la lire.",
  "This takes the place of the record as it was. Both stay readable, and it is signed again.": "Ceci remplace la fiche d'avant. Les deux restent lisibles, et on signe de nouveau.",
  "Open this page once with a signal, signed in.": "Ouvrez cette page une fois avec du réseau, connecté.",
};
export let language = localStorage.getItem("language") || (navigator.language.startsWith("fr") ? "fr" : "en");
export const speak = (code) => { language = code; localStorage.setItem("language", code); document.documentElement.lang = `${code}-CA`; };
export const say = (english) => (language === "fr" && FRENCH[english]) || english;
export const count = (many, one, more) => (many ? `${many} ${say(many === 1 ? one : more)}` : "");
// A small way to write elements: h("p", { class: "x" }, "words").
export function h(tag, about = {}, ...inside) {
  const made = document.createElement(tag);
  for (const [name, value] of Object.entries(about)) {
    if (name.startsWith("on")) made.addEventListener(name.slice(2), value);
    else if (name in made && name !== "list" && name !== "form") made[name] = value;
    else if (value !== false && value != null) made.setAttribute(name, value === true ? "" : value);
  }
  made.append(...inside.flat(4).filter((each) => each !== null && each !== undefined && each !== false));
  return made;
}
