(** * Long short-term memory with ReLU gates, as a program

       f = ReLU(W_f [x; h] + b_f)          how much of the cell to keep
       i = ReLU(W_i [x; h] + b_i)          how much of the candidate to add
       o = ReLU(W_o [x; h] + b_o)          how much of the cell to show
       g = ReLU(W_g [x; h] + b_g)          the candidate
       c <- f c + i g,   h <- o ReLU(c),   the output is h

    Products are elementwise. Source: S. Hochreiter, J. Schmidhuber, Neural Computation 9, 1997;
    F. A. Gers, J. Schmidhuber, F. Cummins, Neural Computation 12, 2000; with ReLU: arXiv 2406.01424,
    appendix D. The rows of each W are over x, then h ([joined_ok] in Vectors.v: W x + U h + b). *)
From Coq Require Import List QArith.
Import ListNotations.
From LSRL Require Import Language WellFormed Vectors Nodes Dimensions.

Record lstm_weights := {
  forget : list (srow * Q); input : list (srow * Q);
  output : list (srow * Q); candidate : list (srow * Q)
}.
(** k units. *)
Definition lstm_fits (k : nat) (w : lstm_weights) : Prop :=
  length (forget w) = k /\ length (input w) = k /\ length (output w) = k /\ length (candidate w) = k.

Definition lstm_nodes (k : nat) (w : lstm_weights) : list op := [
  OInput; OPrev 20; OPrev 17; OConcat [0; 1];              (*  0: x, h, c, [x; h] *)
  OLin (forget w) 3; ORelu 4;                              (*  4: f *)
  OLin (input w) 3; ORelu 6;                               (*  6: i *)
  OLin (output w) 3; ORelu 8;                              (*  8: o *)
  OLin (candidate w) 3; ORelu 10;                          (* 10: g *)
  OConcat [5; 2]; OMulti 12;                               (* 12: f c *)
  OConcat [7; 11]; OMulti 14;                              (* 14: i g *)
  OConcat [13; 15]; OLin (sum_rows k) 16;                  (* 16: the new c *)
  ORelu 17; OConcat [9; 18]; OMulti 19                     (* 18: the new h *)
]%nat.
Definition lstm_program (k : nat) (w : lstm_weights) (h0 c0 : list Q) : prog := {|
  nodes := lstm_nodes k w; inits := initially [(17, c0); (20, h0)]%nat 21; out := 20 |}.

(** For tokens of n elements, all columns exist: nothing is read by default. *)
Theorem lstm_program_wf n k w h0 c0 : lstm_fits k w -> length h0 = k -> length c0 = k ->
  Forall (columns (n + k)) [forget w; input w; output w; candidate w] ->
  wf n (lstm_program k w h0 c0) = true.
Proof.
  intros (Lf & Li & Lo & Lg) Lh Lc C. repeat apply Forall_cons_iff in C as [? C].
  unfold lstm_program, lstm_nodes.
  fit [n; k; k; n + k; k; k; k; k; k; k; k; k; k + k; k; k + k; k; k + k; k; k; k + k; k]%nat.
Qed.

Section LSTM.
Variable F : oring.
Local Notation vec := (list F).
Local Infix "+" := (vadd F).
Local Infix "*" := (vmul F).
Local Notation ReLU := (vrelu F).
Local Notation affine := (linv F).

Variables (k : nat) (w : lstm_weights).

(** The equations. *)
Fixpoint lstm (h c : vec) (xs : list vec) : list vec :=
  match xs with
  | [] => []
  | x :: r =>
    let f := ReLU (affine (forget w) (x ++ h)) in
    let i := ReLU (affine (input w) (x ++ h)) in
    let o := ReLU (affine (output w) (x ++ h)) in
    let g := ReLU (affine (candidate w) (x ++ h)) in
    let c' := f * c + i * g in
    let h' := o * ReLU c' in
    h' :: lstm h' c' r
  end.

Hypothesis fits : lstm_fits k w.

Theorem lstm_program_correct h0 c0 xs : length h0 = k -> length c0 = k ->
  sem F (lstm_program k w h0 c0) xs = lstm (constant F h0) (constant F c0) xs.
Proof.
  intros Lh Lc. destruct fits as (Lf & Li & Lo & Lg). unfold sem.
  assert (H : nth 20 (init F (lstm_program k w h0 c0)) [] = constant F h0) by reflexivity.
  assert (C : nth 17 (init F (lstm_program k w h0 c0)) [] = constant F c0) by reflexivity.
  rewrite <- (constant_length F) in Lh, Lc. revert H C Lh Lc.
  generalize (init F (lstm_program k w h0 c0)) as prev, (constant F h0) as h, (constant F c0) as c.
  induction xs as [|x xs IH]; intros prev h c H C Lh Lc; [reflexivity|].
  cbn [run lstm nodes out lstm_program]. unfold lstm_nodes.
  remember (exec F _ x prev []) as e eqn:R. symmetry in R. walk R.
  f_equal; [|apply IH]; cbn [nth]; try (subst; reflexivity); dimensions.
Qed.
End LSTM.
