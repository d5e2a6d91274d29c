//! Words of the spec format: enums whose values are written as words.

/// An enum whose values are the words that a key allows.
pub(crate) trait Word: Copy + 'static {
    /// All values, in the order of the documentation.
    const ALL: &'static [Self];

    /// The word of a value.
    fn as_str(self) -> &'static str;
}

/// Declares an enum with the word of each value.
macro_rules! words {
    ($(#[$attribute:meta])* $name:ident { $($(#[$of_value:meta])* $value:ident = $word:literal,)+ }) => {
        $(#[$attribute])*
        #[derive(Clone, Copy, Debug, PartialEq, Eq)]
        pub enum $name {
            $($(#[$of_value])* $value,)+
        }

        impl $name {
            /// All values, in the order of the documentation.
            pub const ALL: &'static [Self] = &[$(Self::$value),+];

            /// Returns the word that specs use for this value.
            pub const fn as_str(self) -> &'static str {
                match self {
                    $(Self::$value => $word,)+
                }
            }

            /// Returns the value that a word stands for.
            pub fn parse(word: &str) -> Option<Self> {
                Self::ALL.iter().copied().find(|value| value.as_str() == word)
            }
        }

        impl $crate::spec::words::Word for $name {
            const ALL: &'static [Self] = Self::ALL;

            fn as_str(self) -> &'static str {
                self.as_str()
            }
        }
    };
}

pub(crate) use words;
