//! Indices into the tables of a plan, one type for each kind of thing, so that none is taken for another.

use std::marker::PhantomData;
use std::ops::{Index, IndexMut};

/// Something that is an index into a [`Table`].
pub trait Id: Copy {
    /// From a position.
    fn new(index: usize) -> Self;
    /// The position.
    fn index(self) -> usize;
}

macro_rules! ids {
    ($($(#[doc = $doc:literal])* $name:ident)*) => {
        $(
            $(#[doc = $doc])*
            #[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
            pub struct $name(u32);

            impl Id for $name {
                fn new(index: usize) -> Self {
                    Self(u32::try_from(index).expect("a plan has fewer than four billion things"))
                }

                fn index(self) -> usize {
                    self.0 as usize
                }
            }
        )*
    };
}

ids! {
    /// A journey.
    JourneyId
    /// A stage of a journey.
    StageId
    /// A step of a journey; also its node in the graph.
    StepId
    /// A way on from a step; also its edge in the graph.
    WayId
    /// A backend action.
    ActionId
    /// An entity.
    EntityId
    /// A role.
    RoleId
    /// A system.
    SystemId
    /// A surface.
    SurfaceId
    /// A notification.
    NotificationId
    /// An analytics event.
    EventId
    /// A later operation.
    LaterId
    /// A law of the plan.
    PolicyId
}

/// An outcome of an action, by its position there.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct OutcomeId {
    /// The action.
    pub action: ActionId,
    /// The position among its outcomes.
    pub index: usize,
}

/// A state of an entity, by its position there.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct StateId {
    /// The entity.
    pub entity: EntityId,
    /// The position among its states.
    pub index: usize,
}

/// What a finding, a decision or a question is about.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Subject {
    /// The whole plan.
    Plan,
    /// A journey.
    Journey(JourneyId),
    /// A stage.
    Stage(StageId),
    /// A step.
    Step(StepId),
    /// A backend action.
    Action(ActionId),
    /// An outcome.
    Outcome(OutcomeId),
    /// An entity.
    Entity(EntityId),
    /// A state.
    State(StateId),
    /// A role.
    Role(RoleId),
    /// A system.
    System(SystemId),
    /// A surface.
    Surface(SurfaceId),
    /// A notification.
    Notification(NotificationId),
    /// An analytics event.
    Event(EventId),
    /// A later operation.
    Later(LaterId),
    /// A law of the plan.
    Policy(PolicyId),
}

/// A list whose positions have a type of their own.
#[derive(Clone, Debug)]
pub struct Table<I, T> {
    items: Vec<T>,
    ids: PhantomData<I>,
}

impl<I, T> Default for Table<I, T> {
    fn default() -> Self {
        Self { items: Vec::new(), ids: PhantomData }
    }
}

impl<I: Id, T> Table<I, T> {
    /// Adds an item at the end.
    pub(super) fn add(&mut self, item: T) -> I {
        self.items.push(item);
        I::new(self.items.len() - 1)
    }

    /// Every item with its id, in the order of the files.
    pub fn iter(&self) -> impl ExactSizeIterator<Item = (I, &T)> + DoubleEndedIterator {
        self.items.iter().enumerate().map(|(index, item)| (I::new(index), item))
    }

    /// Every id.
    pub fn ids(&self) -> impl ExactSizeIterator<Item = I> + DoubleEndedIterator + use<I, T> {
        (0..self.items.len()).map(I::new)
    }

    /// How many items there are.
    pub fn len(&self) -> usize {
        self.items.len()
    }

    /// Whether there are none.
    pub fn is_empty(&self) -> bool {
        self.items.is_empty()
    }
}

impl<I: Id, T> Index<I> for Table<I, T> {
    type Output = T;

    fn index(&self, id: I) -> &T {
        &self.items[id.index()]
    }
}

impl<I: Id, T> IndexMut<I> for Table<I, T> {
    fn index_mut(&mut self, id: I) -> &mut T {
        &mut self.items[id.index()]
    }
}
