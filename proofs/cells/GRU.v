(** * Gated recurrent units with ReLU gates, as programs, in both conventions

    Products are elementwise; in the idealisation 1 - z may be negative. The rows of W over [x; v] are
    over x, then v ([joined_ok] in Vectors.v: W x + U v + b). *)
From Coq Require Import List QArith.
Import ListNotations.
From LSRL Require Import Language WellFormed Vectors Nodes Dimensions.

(** ** The candidate sees r h

       z = ReLU(W_z [x; h] + b_z)          how much of the state to replace
       r = ReLU(W_r [x; h] + b_r)          how much of the state the candidate sees
       n = ReLU(W_n [x; r h] + b_n)        the candidate
       h <- (1 - z) h + z n,   the output is h

    Source: J. Chung, C. Gulcehre, K. Cho, Y. Bengio, arXiv 1412.3555, section 3.2; with ReLU:
    arXiv 2406.01424, appendix C. *)
Record gru_weights := {
  update : list (srow * Q); reset : list (srow * Q); candidate : list (srow * Q)
}.
(** k units. *)
Definition gru_fits (k : nat) (w : gru_weights) : Prop :=
  length (update w) = k /\ length (reset w) = k /\ length (candidate w) = k.

Definition gru_nodes (k : nat) (w : gru_weights) : list op := [
  OInput; OPrev 18; OConcat [0; 1];                        (*  0: x, h, [x; h] *)
  OLin (update w) 2; ORelu 3;                              (*  3: z *)
  OLin (reset w) 2; ORelu 5;                               (*  5: r *)
  OConcat [6; 1]; OMulti 7; OConcat [0; 8];                (*  7: [x; r h] *)
  OLin (candidate w) 9; ORelu 10;                          (* 10: n *)
  OLin (complement_rows k) 4; OConcat [12; 1]; OMulti 13;  (* 12: (1 - z) h *)
  OConcat [4; 11]; OMulti 15;                              (* 15: z n *)
  OConcat [14; 16]; OLin (sum_rows k) 17                   (* 17: the new h *)
]%nat.
Definition gru_program (k : nat) (w : gru_weights) (h0 : list Q) : prog := {|
  nodes := gru_nodes k w; inits := initially [(18, h0)]%nat 19; out := 18 |}.

(** ** The candidate sees r (U_n h + c), and z says how much to keep

       z = ReLU(W_z [x; h] + b_z)          how much of the state to keep
       r = ReLU(W_r [x; h] + b_r)          how much of U_n h + c the candidate sees
       n = ReLU(W_n x + b_n + r (U_n h + c))
       h <- (1 - z) n + z h,   the output is h

    Source: K. Cho et al., arXiv 1406.1078, first version; the documentation of torch.nn.GRU. *)
Record gru_reset_after_weights := {
  keep : list (srow * Q); show : list (srow * Q);
  candidate_input : list (srow * Q); candidate_state : list (srow * Q)
}.
Definition gru_reset_after_fits (k : nat) (w : gru_reset_after_weights) : Prop :=
  length (keep w) = k /\ length (show w) = k /\ length (candidate_input w) = k
  /\ length (candidate_state w) = k.

Definition gru_reset_after_nodes (k : nat) (w : gru_reset_after_weights) : list op := [
  OInput; OPrev 20; OConcat [0; 1];                        (*  0: x, h, [x; h] *)
  OLin (keep w) 2; ORelu 3;                                (*  3: z *)
  OLin (show w) 2; ORelu 5;                                (*  5: r *)
  OLin (candidate_state w) 1; OConcat [6; 7]; OMulti 8;    (*  7: r (U_n h + c) *)
  OLin (candidate_input w) 0; OConcat [10; 9];             (* 10: W_n x + b_n *)
  OLin (sum_rows k) 11; ORelu 12;                          (* 12: n *)
  OLin (complement_rows k) 4; OConcat [14; 13]; OMulti 15; (* 14: (1 - z) n *)
  OConcat [4; 1]; OMulti 17;                               (* 17: z h *)
  OConcat [16; 18]; OLin (sum_rows k) 19                   (* 19: the new h *)
]%nat.
Definition gru_reset_after_program (k : nat) (w : gru_reset_after_weights) (h0 : list Q) : prog := {|
  nodes := gru_reset_after_nodes k w; inits := initially [(20, h0)]%nat 21; out := 20 |}.

(** For tokens of n elements, all columns exist: nothing is read by default. *)
Theorem gru_program_wf n k w h0 : gru_fits k w -> length h0 = k ->
  Forall (columns (n + k)) [update w; reset w; candidate w] -> wf n (gru_program k w h0) = true.
Proof.
  intros (Lz & Lr & Ln) Lh C. repeat apply Forall_cons_iff in C as [? C].
  unfold gru_program, gru_nodes.
  fit [n; k; n + k; k; k; k; k; k + k; k; n + k; k; k; k; k + k; k; k + k; k; k + k; k]%nat.
Qed.
Theorem gru_reset_after_program_wf n k w h0 : gru_reset_after_fits k w -> length h0 = k ->
  Forall (columns (n + k)) [keep w; show w] -> columns n (candidate_input w) ->
  columns k (candidate_state w) -> wf n (gru_reset_after_program k w h0) = true.
Proof.
  intros (Lz & Lr & Lx & Ls) Lh C Cx Cs. repeat apply Forall_cons_iff in C as [? C].
  unfold gru_reset_after_program, gru_reset_after_nodes.
  fit [n; k; n + k; k; k; k; k; k; k + k; k; k; k + k; k; k; k; k + k; k; k + k; k; k + k; k]%nat.
Qed.

Section GRU.
Variable F : oring.
Local Notation vec := (list F).
Local Infix "+" := (vadd F).
Local Infix "*" := (vmul F).
Local Notation "1- v" := (vcomplement F v) (at level 35).
Local Notation ReLU := (vrelu F).
Local Notation affine := (linv F).

(** The equations. *)
Fixpoint gru (w : gru_weights) (h : vec) (xs : list vec) : list vec :=
  match xs with
  | [] => []
  | x :: rest =>
    let z := ReLU (affine (update w) (x ++ h)) in
    let r := ReLU (affine (reset w) (x ++ h)) in
    let n := ReLU (affine (candidate w) (x ++ r * h)) in
    let h' := (1- z) * h + z * n in
    h' :: gru w h' rest
  end.
Fixpoint gru_reset_after (w : gru_reset_after_weights) (h : vec) (xs : list vec) : list vec :=
  match xs with
  | [] => []
  | x :: rest =>
    let z := ReLU (affine (keep w) (x ++ h)) in
    let r := ReLU (affine (show w) (x ++ h)) in
    let n := ReLU (affine (candidate_input w) x + r * affine (candidate_state w) h) in
    let h' := (1- z) * n + z * h in
    h' :: gru_reset_after w h' rest
  end.

Theorem gru_program_correct k w h0 xs : gru_fits k w -> length h0 = k ->
  sem F (gru_program k w h0) xs = gru w (constant F h0) xs.
Proof.
  intros (Lz & Lr & Ln) Lh. unfold sem.
  assert (H : nth 18 (init F (gru_program k w h0)) [] = constant F h0) by reflexivity.
  rewrite <- (constant_length F) in Lh. revert H Lh.
  generalize (init F (gru_program k w h0)) as prev, (constant F h0) as h.
  induction xs as [|x xs IH]; intros prev h H Lh; [reflexivity|].
  cbn [run gru nodes out gru_program]. unfold gru_nodes.
  remember (exec F _ x prev []) as e eqn:R. symmetry in R. walk R.
  f_equal; [|apply IH]; cbn [nth]; try (subst; reflexivity); dimensions.
Qed.

Theorem gru_reset_after_program_correct k w h0 xs : gru_reset_after_fits k w -> length h0 = k ->
  sem F (gru_reset_after_program k w h0) xs = gru_reset_after w (constant F h0) xs.
Proof.
  intros (Lz & Lr & Lx & Ls) Lh. unfold sem.
  assert (H : nth 20 (init F (gru_reset_after_program k w h0)) [] = constant F h0) by reflexivity.
  rewrite <- (constant_length F) in Lh. revert H Lh.
  generalize (init F (gru_reset_after_program k w h0)) as prev, (constant F h0) as h.
  induction xs as [|x xs IH]; intros prev h H Lh; [reflexivity|].
  cbn [run gru_reset_after nodes out gru_reset_after_program]. unfold gru_reset_after_nodes.
  remember (exec F _ x prev []) as e eqn:R. symmetry in R. walk R.
  f_equal; [|apply IH]; cbn [nth]; try (subst; reflexivity); dimensions.
Qed.
End GRU.
