import ExactArithmetic
import LSRL
import Testing

@Suite("The catalogue of library functions")
struct LibraryCatalogueTests {
  @Test("Names are unique, and defaults are of the declared kinds")
  func declarations() {
    let ids = LibraryFunction.catalogue.map(\.id)
    #expect(Set(ids).count == ids.count)
    for function in LibraryFunction.catalogue {
      let names = function.parameters.map(\.name)
      #expect(Set(names).count == names.count, "\(function.id)")
      #expect(!function.definition.isEmpty && !function.meaning.isEmpty)
      for parameter in function.parameters {
        switch (parameter.kind, parameter.defaultValue) {
        case (_, nil), (.vector, .number), (.number, .number), (.count, .number): break
        case (.word(let words), .word(let word)): #expect(words.contains(word))
        default: Issue.record("\(function.id) has a default of another kind: \(parameter)")
        }
      }
      let firstDefault = function.parameters.firstIndex { $0.defaultValue != nil } ?? names.count
      #expect(
        function.parameters[firstDefault...].allSatisfy { $0.defaultValue != nil },
        "\(function.id): parameters without a default come first")
    }
  }

  /// Arguments for `function`: defaults, and something simple where there is none.
  private func arguments(
    for function: LibraryFunction, _ wires: [Wire]
  ) -> [String: LibraryArgument] {
    var arguments: [String: LibraryArgument] = [:]
    for (index, parameter) in function.parameters.enumerated() {
      if parameter.kind == .vector {
        arguments[parameter.name] = .vector(wires[index])
      } else {
        arguments[parameter.name] = parameter.defaultValue ?? .number(3)
      }
    }
    return arguments
  }

  @Test("Every entry is the method of its name")
  func methods() throws {
    let methods: [String: Workbench.Construction] = [
      "f_constant": { (b, w) throws(BuildError) in try b.f_constant(w[0], 3) },
      "f_not": { (b, w) throws(BuildError) in try b.f_not(w[0]) },
      "f_step": { (b, w) throws(BuildError) in try b.f_step(w[0]) },
      "f_larger": { (b, w) throws(BuildError) in try b.f_larger(w[0], w[1]) },
      "f_smaller": { (b, w) throws(BuildError) in try b.f_smaller(w[0], w[1]) },
      "f_bump": { (b, w) throws(BuildError) in try b.f_bump(w[0], l: w[1], u: w[2]) },
      "f_and": { (b, w) throws(BuildError) in try b.f_and(w[0], w[1]) },
      "f_or": { (b, w) throws(BuildError) in try b.f_or(w[0], w[1]) },
      "f_eq": { (b, w) throws(BuildError) in try b.f_eq(w[0], w[1]) },
      "f_neq": { (b, w) throws(BuildError) in try b.f_neq(w[0], w[1]) },
      "f_ifelse": { (b, w) throws(BuildError) in try b.f_ifelse(w[0], w[1], w[2]) },
      "f_ifeq": { (b, w) throws(BuildError) in try b.f_ifeq(w[0], w[1], w[2], w[3]) },
      "f_relu_identity": { (b, w) throws(BuildError) in try b.f_relu_identity(w[0]) },
      "f_modulo_counter": { (b, w) throws(BuildError) in try b.f_modulo_counter(3) },
      "f_one_hot_counter": { (b, w) throws(BuildError) in try b.f_one_hot_counter(3) },
    ]
    #expect(Set(methods.keys) == Set(LibraryFunction.catalogue.map(\.id)))
    for function in LibraryFunction.catalogue {
      let method = try #require(methods[function.id])
      let expected = try Workbench.build(4, method)
      let found = try Workbench.build(4) { (builder, wires) throws(BuildError) in
        try function.build(&builder, arguments(for: function, wires))
      }
      #expect(found.graph == expected.graph, "\(function.id)")
      #expect(found.ranges == expected.ranges, "\(function.id)")
    }
  }

  @Test("Missing arguments and arguments of another kind are refused by name")
  func wrongArguments() throws {
    for function in LibraryFunction.catalogue {
      for parameter in function.parameters {
        let error = #expect(throws: BuildError.self) {
          try Workbench.build(4) { (builder, wires) throws(BuildError) in
            var wrong = arguments(for: function, wires)
            wrong[parameter.name] = .word("nonsense")
            return try function.build(&builder, wrong)
          }
        }
        #expect(error?.description.contains("'\(parameter.name)'") == true)
        #expect(throws: BuildError.self) {
          try Workbench.build(4) { (builder, wires) throws(BuildError) in
            var missing = arguments(for: function, wires)
            missing[parameter.name] = nil
            return try function.build(&builder, missing)
          }
        }
      }
    }
  }
}
