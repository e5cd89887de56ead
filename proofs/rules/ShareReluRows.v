(** * Share the rows of a ReLU

       Linear(A, b) -> ReLU
       Linear(A', b') -> ReLU -> Linear(C, c)

    where a row of [A b] is a positive multiple of an earlier one, or constant, or never positive.
    Source: ours: ReLU(c f) = c ReLU(f) for c > 0. *)
From mathcomp Require Import all_ssreflect all_algebra.
From LSRL Require Import Operations.
Set Implicit Arguments. Unset Strict Implicit. Unset Printing Implicit Defensive.
Import GRing.Theory Num.Theory Order.Theory.
Local Open Scope ring_scope.

Section Rule.
Variable R : realDomainType.
Notation vec n := 'cV[R]_n.

Lemma share_relu_rows (c f : R) : 0 <= c -> relu1 (c * f) = c * relu1 f.
Proof.
move=> hc; case: (lerP 0 f) => hf; first by rewrite !relu1_pos // mulr_ge0.
by rewrite (relu1_neg (ltW hf)) mulr0 relu1_neg // mulr_ge0_le0 // ltW.
Qed.
Lemma share_relu_rows_vector n (c : R) (f : vec n) : 0 <= c -> relu (c *: f) = c *: relu f.
Proof. by move=> hc; apply/matrixP => i j; rewrite !mxE share_relu_rows. Qed.
(** A constant row. *)
Lemma share_relu_rows_constant m n (b : vec m) (x : vec n) : relu (lin 0 b x) = relu b.
Proof. by rewrite /lin mul0mx add0r. Qed.
(** A silent row: no positive coefficient, no positive constant, inputs that are never negative. *)
Lemma share_relu_rows_silent n (a : 'rV[R]_n) (b : R) (x : vec n) :
  (forall j, a 0 j <= 0) -> b <= 0 -> (forall j, 0 <= x j 0) -> relu1 ((a *m x) 0 0 + b) = 0.
Proof.
move=> ha hb hx; apply: relu1_neg.
have h : (a *m x) 0 0 <= 0.
  rewrite mxE -oppr_ge0 -sumrN; apply: sumr_ge0 => j _.
  by rewrite -mulNr mulr_ge0 // oppr_ge0.
by have := ler_add h hb; rewrite addr0.
Qed.
End Rule.
