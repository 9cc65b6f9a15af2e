//! Sets of states of one entity, as bits.

/// States of one entity: the first bit is for *none*, which is before it is created, and then one for each declared state.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub struct States(pub u64);

/// How many states an entity may declare so that a set of them fits.
pub(super) const MOST: usize = 63;

impl States {
    /// Not created yet.
    pub const NONE: Self = Self(1);
    /// Whatever it is.
    pub const ANY: Self = Self(u64::MAX);

    /// The state at a position of the declaration.
    pub fn one(index: usize) -> Self {
        Self(2 << index)
    }

    /// The states at some positions.
    pub fn of(indices: impl IntoIterator<Item = usize>) -> Self {
        indices.into_iter().fold(Self::default(), |all, index| all | Self::one(index))
    }

    /// Whether there are none in it.
    pub fn is_empty(self) -> bool {
        self.0 == 0
    }

    /// Whether all of these are in it.
    pub fn has(self, others: Self) -> bool {
        self.0 & others.0 == others.0
    }

    /// Whether any of these is in it.
    pub fn meets(self, others: Self) -> bool {
        self.0 & others.0 != 0
    }

    /// What is in it and not in the other.
    #[must_use]
    pub fn without(self, others: Self) -> Self {
        Self(self.0 & !others.0)
    }

    /// Each alone.
    pub fn each(self) -> impl Iterator<Item = Self> {
        let mut left = self.0;
        std::iter::from_fn(move || {
            let lowest = left & left.wrapping_neg();
            left ^= lowest;
            (lowest != 0).then_some(Self(lowest))
        })
    }

    /// The positions in the declaration; nothing stands for *none*.
    pub fn indices(self) -> impl Iterator<Item = Option<usize>> {
        self.each().map(Self::index)
    }

    /// The position of the first one.
    pub(super) fn index(self) -> Option<usize> {
        (self.0.trailing_zeros() as usize).checked_sub(1)
    }
}

impl std::ops::BitOr for States {
    type Output = Self;

    fn bitor(self, other: Self) -> Self {
        Self(self.0 | other.0)
    }
}

impl std::ops::BitAnd for States {
    type Output = Self;

    fn bitand(self, other: Self) -> Self {
        Self(self.0 & other.0)
    }
}

/// In which states an entity may be at some point of a way.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Held {
    /// The way itself has brought it there, or has shown that it is there.
    pub sure: States,
    /// Somebody else may have brought it there.
    pub maybe: States,
}

impl Held {
    /// Certain states only.
    pub fn sure(states: States) -> Self {
        Self { sure: states, maybe: States::default() }
    }

    /// Possible states only.
    pub fn maybe(states: States) -> Self {
        Self { sure: States::default(), maybe: states }
    }

    /// Whether nothing is possible.
    pub fn is_empty(self) -> bool {
        self.all().is_empty()
    }

    /// Certain or not.
    pub fn all(self) -> States {
        self.sure | self.maybe
    }

    /// Only these states, and they are certain: something says that it is so.
    #[must_use]
    pub(super) fn seen(self, states: States) -> Self {
        if states == States::ANY { self } else { Self::sure(self.all() & states) }
    }

    /// Of some states only, as certain as they are.
    #[must_use]
    pub(super) fn only(self, states: States) -> Self {
        Self { sure: self.sure & states, maybe: self.maybe & states }
    }

    /// Without some states.
    #[must_use]
    pub(super) fn except(self, states: States) -> Self {
        Self { sure: self.sure.without(states), maybe: self.maybe.without(states) }
    }

    /// The same states, none of them certain.
    #[must_use]
    pub(super) fn doubted(self) -> Self {
        Self::maybe(self.all())
    }

    /// The same, but some states are no longer certain.
    #[must_use]
    pub(super) fn doubt(self, states: States) -> Self {
        Self { sure: self.sure.without(states), maybe: self.maybe | (self.sure & states) }
    }

    /// What is new against what is known.
    #[must_use]
    pub(super) fn without(self, known: Self) -> Self {
        Self { sure: self.sure.without(known.sure), maybe: self.maybe.without(known.maybe) }
    }

    /// Each state alone, with its certainty.
    pub(super) fn each(self) -> impl Iterator<Item = Self> {
        self.sure.each().map(Self::sure).chain(self.maybe.each().map(Self::maybe))
    }
}

impl std::ops::BitOr for Held {
    type Output = Self;

    fn bitor(self, other: Self) -> Self {
        Self { sure: self.sure | other.sure, maybe: self.maybe | other.maybe }
    }
}
