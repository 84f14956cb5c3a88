//! The forms of French and Spanish verbs, in folded letters: *ratifier*, *ratifie*, *ratifiant*, *ratifiee*.
//!
//! Those of the third person stand for the subjunctive as well ("que l'État ratifie"). Made by the ending of the infinitive;
//! the longest ending that fits decides. A few forms too many are made rather than one too few.

use super::Form;

/// An ending of infinitives, and what takes its place: in the third person, in the gerund, and in participles.
type Ending = (&'static str, &'static str, &'static str, &'static str);

const FRENCH: [Ending; 36] = [
    ("dire", "dit dise disent", "disant", "dit"),
    ("lire", "lit lise lisent", "lisant", "lu"),
    ("croitre", "croit croisse croissent", "croissant", "cru"),
    ("ueillir", "ueille ueillent", "ueillant", "ueilli"),
    ("servir", "sert serve servent", "servant", "servi"),
    ("eler", "elle ellent ele elent", "elant", "ele"),
    ("jeter", "jette jettent", "jetant", "jete"),
    ("battre", "bat batte battent", "battant", "battu"),
    ("crire", "crit crive crivent", "crivant", "crit"),
    ("clure", "clut clue cluent", "cluant", "clu clus"),
    ("courir", "court coure courent", "courant", "couru"),
    ("cevoir", "coit coive coivent", "cevant", "cu"),
    ("faire", "fait fasse fassent", "faisant", "fait"),
    ("fendre", "fend fende fendent", "fendant", "fendu"),
    ("enir", "ient ienne iennent", "enant", "enu"),
    ("mettre", "met mette mettent", "mettant", "mis"),
    ("mouvoir", "meut meuve meuvent", "mouvant", "mu"),
    ("connaitre", "connait connaisse connaissent", "connaissant", "connu"),
    ("oindre", "oint oigne oignent", "oignant", "oint"),
    ("eindre", "eint eigne eignent", "eignant", "eint"),
    ("aindre", "aint aigne aignent", "aignant", "aint"),
    ("prendre", "prend prenne prennent", "prenant", "pris"),
    ("soudre", "sout solve solvent", "solvant", "solu"),
    ("uire", "uit uise uisent", "uisant", "uit"),
    ("uivre", "uit uive uivent", "uivant", "uivi"),
    ("vrir", "vre vrent", "vrant", "vert"),
    ("frir", "fre frent", "frant", "fert"),
    ("voir", "voit voie voient", "voyant", "vu"),
    ("tre", "t te tent", "tant", "tu"),
    ("re", " e ent", "ant", "u"),
    ("ir", "it isse issent", "issant", "i"),
    ("ger", "ge gent", "geant", "ge"),
    ("oyer", "oie oient", "oyant", "oye"),
    ("uyer", "uie uient", "uyant", "uye"),
    ("er", "e ent", "ant", "e"),
    ("aller", "va aille aillent", "allant", "alle"),
];

const SPANISH: [Ending; 46] = [
    ("probar", "prueba prueban pruebe prueben", "probando", "probad"),
    ("novar", "nueva nuevan nueve nueven nova novan nove noven", "novando", "novad"),
    ("lentar", "lienta lientan liente lienten", "lentando", "lentad"),
    ("cerrar", "cierra cierran cierre cierren", "cerrando", "cerrad"),
    ("contrar", "cuentra cuentran cuentre cuentren", "contrando", "contrad"),
    ("mostrar", "muestra muestran muestre muestren", "mostrando", "mostrad"),
    ("mendar", "mienda miendan miende mienden", "mendando", "mendad"),
    ("menzar", "mienza mienzan mience miencen", "menzando", "menzad"),
    ("pezar", "pieza piezan piece piecen", "pezando", "pezad"),
    ("cordar", "cuerda cuerdan cuerde cuerden", "cordando", "cordad"),
    ("plegar", "pliega pliegan pliegue plieguen", "plegando", "plegad"),
    ("rcer", "rce rcen rza rzan", "rciendo", "rcid"),
    ("ncer", "nce ncen nza nzan", "nciendo", "ncid"),
    ("endir", "inde inden inda indan", "indiendo", "endid"),
    ("hacer", "hace haga hagan", "haciendo", "hech"),
    ("satisfacer", "satisface satisfaga satisfagan", "satisfaciendo", "satisfech"),
    ("poner", "pone ponga pongan", "poniendo", "puest"),
    ("ecer", "ece ezca ezcan", "eciendo", "ecid"),
    ("ocer", "oce ozca ozcan", "ociendo", "ocid"),
    ("ucir", "uce uzca uzcan", "uciendo", "ucid"),
    ("eguir", "igue iga igan", "iguiendo", "eguid"),
    ("uir", "uye uya uyan", "uyendo", "uid"),
    ("olver", "uelve uelva uelvan", "olviendo", "uelt"),
    ("over", "ueve ueva uevan", "oviendo", "ovid"),
    ("ener", "iene enga engan", "eniendo", "enid"),
    ("enir", "iene enga engan", "iniendo", "enid"),
    ("edir", "ide ida idan", "idiendo", "edid"),
    ("ertir", "ierte ierta iertan irta", "irtiendo", "ertid"),
    ("erir", "iere iera ieran ira", "iriendo", "erid"),
    ("ender", "iende ienda iendan ende enda endan", "endiendo", "endid"),
    ("cribir", "cribe criba criban", "cribiendo", "crit cript"),
    ("brir", "bre bra bran", "briendo", "biert"),
    ("ver", "ve vea vean", "viendo", "vist"),
    ("veer", "vee vea vean", "veyendo", "vist veid"),
    ("ger", "ge ja jan", "giendo", "gid"),
    ("gir", "ge ja jan ige ija ijan", "giendo igiendo", "gid"),
    ("ar", "a an e en", "ando", "ad"),
    ("car", "ca can que quen", "cando", "cad"),
    ("gar", "ga gan gue guen", "gando", "gad"),
    ("zar", "za zan ce cen", "zando", "zad"),
    ("orzar", "uerza uerzan uerce uercen", "orzando", "orzad"),
    ("dar", "da dan de den", "dando", "dad"),
    ("er", "e en a an", "iendo", "id"),
    ("ir", "e en a an", "iendo", "id"),
    ("decir", "dice diga digan", "diciendo", "dich"),
    ("nacer", "nace nazca nazcan", "naciendo", "nacid"),
];

/// All forms of a French infinitive; a gerund is the one form of itself.
pub(super) fn french(verb: &str) -> Vec<(String, Form)> {
    if verb.ends_with("ant") {
        return vec![(verb.to_string(), Form::Gerund)];
    }
    forms(verb, &FRENCH, |participle| match participle.ends_with('s') {
        true => &["", "e", "es"],
        false => &["", "e", "s", "es"],
    })
}

/// All forms of a Spanish infinitive, with its pronoun (*adherirse*) or without.
pub(super) fn spanish(verb: &str) -> Vec<(String, Form)> {
    let plain = verb.strip_suffix("se").filter(|plain| plain.ends_with('r')).unwrap_or(verb);
    let mut all = forms(plain, &SPANISH, |_| &["o", "a", "os", "as"]);
    all.retain(|(word, _)| word != "de"); // the preposition is far more common than the form of *dar*
    if plain != verb {
        let reflexive: Vec<(String, Form)> = all
            .iter()
            .filter(|(_, form)| matches!(form, Form::Base | Form::Gerund))
            .map(|(word, form)| (format!("{word}se"), *form))
            .collect();
        all.extend(reflexive);
    }
    all
}

/// `genders` are the ends of a participle.
fn forms(
    verb: &str,
    endings: &[Ending],
    genders: impl Fn(&str) -> &'static [&'static str],
) -> Vec<(String, Form)> {
    let mut all = vec![(verb.to_string(), Form::Base)];
    let fitting = endings.iter().filter(|(ending, ..)| verb.ends_with(ending));
    let Some((ending, third, gerund, past)) = fitting.max_by_key(|(ending, ..)| ending.len()) else {
        return all;
    };
    let stem = &verb[..verb.len() - ending.len()];
    let with = |ends: &str| -> Vec<String> { ends.split(' ').map(|end| format!("{stem}{end}")).collect() };
    all.extend(with(third).into_iter().map(|word| (word, Form::Third)));
    all.extend(with(gerund).into_iter().map(|word| (word, Form::Gerund)));
    for participle in with(past) {
        all.extend(genders(&participle).iter().map(|end| (format!("{participle}{end}"), Form::Past)));
    }
    all
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn verbs_have_their_forms() {
        for (verb, form, expected) in [
            ("ratifier", Form::Third, "ratifie"),
            ("ratifier", Form::Gerund, "ratifiant"),
            ("ratifier", Form::Past, "ratifiees"),
            ("changer", Form::Gerund, "changeant"),
            ("abolir", Form::Gerund, "abolissant"),
            ("poursuivre", Form::Gerund, "poursuivant"),
            ("reduire", Form::Past, "reduites"),
            ("mettre", Form::Gerund, "mettant"),
            ("soumettre", Form::Past, "soumis"),
            ("prendre", Form::Third, "prennent"),
            ("rendre", Form::Gerund, "rendant"),
            ("maintenir", Form::Gerund, "maintenant"),
            ("promouvoir", Form::Gerund, "promouvant"),
            ("offrir", Form::Past, "offerte"),
            ("interdire", Form::Gerund, "interdisant"),
            ("accroitre", Form::Gerund, "accroissant"),
            ("accueillir", Form::Third, "accueille"),
            ("renouveler", Form::Third, "renouvelle"),
        ] {
            assert!(french(verb).contains(&(expected.to_string(), form)), "{verb}: {:?}", french(verb));
        }
        for (verb, form, expected) in [
            ("ratificar", Form::Third, "ratifique"),
            ("adoptar", Form::Gerund, "adoptando"),
            ("adoptar", Form::Past, "adoptadas"),
            ("establecer", Form::Third, "establezca"),
            ("seguir", Form::Gerund, "siguiendo"),
            ("incluir", Form::Gerund, "incluyendo"),
            ("promover", Form::Third, "promueva"),
            ("reforzar", Form::Third, "refuerce"),
            ("adherirse", Form::Base, "adherirse"),
            ("adherirse", Form::Gerund, "adhiriendose"),
            ("poner", Form::Past, "puesto"),
            ("hacer", Form::Past, "hecho"),
            ("reducir", Form::Third, "reduzca"),
            ("aprobar", Form::Third, "apruebe"),
            ("enmendar", Form::Third, "enmiende"),
            ("encontrar", Form::Third, "encuentre"),
            ("ejercer", Form::Third, "ejerza"),
            ("ayudar", Form::Third, "ayude"),
        ] {
            assert!(spanish(verb).contains(&(expected.to_string(), form)), "{verb}: {:?}", spanish(verb));
        }
        assert!(spanish("dar").iter().all(|(word, _)| word != "de"));
    }
}
