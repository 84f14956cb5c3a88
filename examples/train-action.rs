//! x
use upr::ActionCategory;
use upr::action::{ActionCoder,Example};
use upr::evaluate::Accuracy;
fn fnv(s:&str)->u64{let mut h=0xcbf29ce484222325u64;for b in s.bytes(){h=(h^b as u64).wrapping_mul(0x100000001b3);}h}
fn main(){
    let coder=ActionCoder::load("src/action/verbs.csv").unwrap();
    let mut rows=vec![];
    for f in std::env::args().skip(1){
        let b=std::fs::read(&f).unwrap(); let (t,_,_)=encoding_rs::MACINTOSH.decode(&b);
        for r in csv::Reader::from_reader(t.as_bytes()).records(){ let r=r.unwrap(); rows.push((r[0].to_string(),r[3].trim().to_string(),r[8].to_string())); }
    }
    let ex:Vec<Example>=rows.iter().map(|(s,t,a)|Example{text:t,state_under_review:s,category:ActionCategory::from_number(a.parse().unwrap()).unwrap()}).collect();
    let t=std::time::Instant::now();
    let texts:Vec<&str>=ex.iter().map(|e|e.text).collect();
    let ruled=coder.code_all(&texts);
    eprintln!("rules {:?}",t.elapsed());
    let model=if std::env::var("NOMODEL").is_ok(){ruled.clone()}else{coder.out_of_fold(&ex,5)};
    eprintln!("folds {:?}",t.elapsed());
    let mut acc=[Accuracy::new(),Accuracy::new(),Accuracy::new(),Accuracy::new()];
    let mut all=Accuracy::new();
    for ((e,r),m) in ex.iter().zip(&ruled).zip(&model){
        let h=((fnv(e.state_under_review)>>32)&1) as usize;
        acc[h].add(e.category,Some(r.category)); acc[2+h].add(e.category,Some(m.category)); all.add(e.category,Some(m.category));
        println!("{}\t{}\t{}\t{}\t{}\t{}\t{}\t{}",h,e.category.number(),r.category.number(),m.category.number(),r.rule.as_deref().unwrap_or("-"),r.verb.clone().map(|v|&e.text[v]).unwrap_or("-"),m.verb.clone().map(|v|&e.text[v]).unwrap_or("-"),e.text);
    }
    for h in 0..4{ eprintln!("{} half {}: {:.4} macro {:.4} n {}",["rules","model"][h/2],h%2,acc[h].accuracy(),acc[h].macro_f1(),acc[h].recommendations()); }
    eprintln!("model all {:.4} {:.4}",all.accuracy(),all.macro_f1());
    if std::env::var("FULL").is_ok(){
    let t=std::time::Instant::now();
    let full=coder.train(&ex); let b=full.model_to_bytes().unwrap();
    eprintln!("train {:?} bytes {}",t.elapsed(),b.len());
    for _ in 0..3{let t=std::time::Instant::now(); let x=full.code_all(&texts); eprintln!("code {:?} {}",t.elapsed(),x.iter().filter(|a|a.decided_by==upr::action::DecidedBy::Model).count());}
    }
}
