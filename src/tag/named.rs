//! A tagger by the name of a codebook, as programs take it from their users.

use super::Tagger;
use crate::codebook::Codebook;
use crate::error::Result;

impl Tagger {
    /// The tagger for a codebook by its name, or by its folder: `core`, `upr-info` (with the model that comes with it, as
    /// [`Tagger::upr_info`]), or the path of a codebook of one's own. A folder of such a name is meant as `./core`.
    ///
    /// # Errors
    ///
    /// As for [`Codebook::named`] and [`Tagger::new`].
    pub fn named(name: &str) -> Result<Tagger> {
        match name {
            // UPR Info's coding is reproduced best by its codebook and the model learned from its coders
            "upr-info" => Tagger::upr_info(),
            _ => Tagger::new(Codebook::named(name)?),
        }
    }
}
