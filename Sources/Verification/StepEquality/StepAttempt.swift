/// One way to compare one step of two programs: what is assumed, and what is looked at.
struct StepAttempt: Hashable {
  /// Only that remembered numbers stay what they were or are another's: quick to look at, and enough
  /// for most of what can be shown at all.
  var hasFewRelations = false

  /// Whether relations are looked for that hold as long as something is small. Each doubles the
  /// cases.
  var looksForGuards = false

  /// Whether it is looked at what ReLUs always did. Then more is short, but large steps leave no
  /// work for the rest.
  var followsHabits = false

  /// Whether symbols are what is read of tokens, or tokens' coordinates. A power of one combination
  /// is short only if that is a symbol; a square of one coordinate, only if that is.
  var readsDirections = true

  /// Products of more terms than that are not expanded: without long products less is seen, at much
  /// less work.
  var expansion = 64
}

extension StepAttempt {
  static let few = StepAttempt(hasFewRelations: true)
  static let fewOfCoordinates = StepAttempt(
    hasFewRelations: true, readsDirections: false, expansion: 1_024)
  static let plain = StepAttempt()
  static let plainOfCoordinates = StepAttempt(readsDirections: false, expansion: 1_024)
  static let guarded = StepAttempt(looksForGuards: true)
  static let habits = StepAttempt(followsHabits: true)

  /// In the order in which they are tried.
  static let all: [StepAttempt] = [
    few, plain, habits,
    StepAttempt(hasFewRelations: true, expansion: 1_024), StepAttempt(expansion: 1_024),
    StepAttempt(followsHabits: true, expansion: 1_024),
    fewOfCoordinates,
    plainOfCoordinates, guarded,
  ]
}
