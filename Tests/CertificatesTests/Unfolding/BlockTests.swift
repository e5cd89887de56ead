import Architectures
import Certificates
import ExactArithmetic
import Testing

@Suite("Programs in blocks")
struct BlockTests {
  @Test("A program in blocks has the outputs of the program, block by block")
  func outputs() throws {
    for seed in 0..<200 {
      var dice = Dice(seed: seed)
      let stack = dice.stack(dice.pick(Architecture.allCases))
      let program = try CellProgram(stack)
      let size = stack.inputDimension
      for steps in 1...3 {
        let tokens = (0..<4 * steps).map { _ in (0..<size).map { _ in dice.number() } }
        let blocks = stride(from: 0, to: tokens.count, by: steps).map {
          tokens[$0..<$0 + steps].flatMap(\.self)
        }
        let outputs = try program.run(tokens)
        let expected = stride(from: 0, to: tokens.count, by: steps).map {
          outputs[$0..<$0 + steps].flatMap(\.self)
        }
        #expect(
          try program.inBlocks(of: steps, reading: size).run(blocks) == expected, "seed \(seed)")
      }
    }
  }

  @Test("Nodes that stand in one place in a block may have begun with different values")
  func initialValues() throws {
    // Two looks back at the input, and a look back at each of those, from 10 and from 20.
    let program = CellProgram(
      nodes: [
        .input, .previous(of: 0), .previous(of: 0), .previous(of: 1), .previous(of: 2),
        .concat([1, 2, 3, 4]),
      ],
      initial: [[1], [10], [20]], output: 5)
    let tokens: [[Rational]] = [[3], [4], [5], [6]]
    let outputs = try program.run(tokens)
    let blocks = try program.inBlocks(of: 2, reading: 1).run([[3, 4], [5, 6]])
    #expect(blocks == [outputs[0] + outputs[1], outputs[2] + outputs[3]])
  }
}
