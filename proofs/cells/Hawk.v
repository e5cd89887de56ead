(** * Hawk: a block of RG-LRU and gated MLP with ReLU gates, as a program

    For the token x, products being elementwise:

       u = W_x x + b_x
       z_t = K_0 u_t + K_1 u_{t-1} + K_2 u_{t-2} + K_3 u_{t-3} + b     u = 0 before the first token
       i = ReLU(W_i z + b_i)                                           the input gate
       h <- a h + m (i z)                                              from h = 0
       mixed = W_o (h ReLU(W_y x + b_y)) + b_o
       y = x + mixed
       output = y + W_m ((W_e y + b_e) ReLU(W_f y + b_f)) + b_m

    The decays a = alpha^(8 r) and the multipliers m = sqrt(1 - a^2) are rationals that are given: this
    is the RG-LRU whose recurrence gate r does not depend on the input. Nothing that is proved here
    needs a^2 + m^2 = 1. Without RMSNorm, which rationals cannot express.

    Source: S. De et al., arXiv 2402.19427, sections 2.1 to 2.4; with ReLU: arXiv 2406.01424,
    appendix E. *)
From Coq Require Import List QArith Lia.
Import ListNotations.
From LSRL Require Import Language WellFormed Vectors Convolution Nodes Dimensions.

Record hawk_weights := {
  to_channels : list (srow * Q);     (* W_x *)
  convolution : taps;                (* K, b *)
  input_gate : list (srow * Q);      (* W_i *)
  decay : list Q; multiplier : list Q;
  output_gate : list (srow * Q);     (* W_y *)
  from_channels : list (srow * Q)    (* W_o *)
}.
(** k channels. *)
Definition hawk_fits (k : nat) (w : hawk_weights) : Prop :=
  length (to_channels w) = k /\ taps_fit k (convolution w) /\ length (input_gate w) = k
  /\ length (decay w) = k /\ length (multiplier w) = k /\ length (output_gate w) = k.
Record mlp_weights := {
  up : list (srow * Q); mlp_gate : list (srow * Q); down : list (srow * Q)
}.

Definition hawk_nodes (k : nat) (w : hawk_weights) : list op := [
  OInput; OLin (to_channels w) 0;                                      (*  0: x, u *)
  OPrev 1; OPrev 2; OPrev 3; OConcat [1; 2; 3; 4];                     (*  2: u of three tokens *)
  OLin (convolution_rows k (convolution w)) 5;                         (*  6: z *)
  OLin (input_gate w) 6; ORelu 7;                                      (*  7: i *)
  OConcat [8; 6]; OMulti 9;                                            (*  9: i z *)
  OState (decay_rows (decay w) (multiplier w)) 10;                     (* 11: the new h *)
  OLin (output_gate w) 0; ORelu 12;                                    (* 12: the output's gate *)
  OConcat [11; 13]; OMulti 14; OLin (from_channels w) 15               (* 14: mixed *)
]%nat.
(** What follows c nodes, the last of which is mixed; a token has d elements. *)
Definition residual_nodes (c d : nat) (m : mlp_weights) : list op := [
  OConcat [0; c - 1]; OLin (sum_rows d) (c + 0);                       (*  0: y *)
  OLin (up m) (c + 1); OLin (mlp_gate m) (c + 1); ORelu (c + 3);       (*  2: the MLP *)
  OConcat [c + 2; c + 4]; OMulti (c + 5); OLin (down m) (c + 6);
  OConcat [c + 1; c + 7]; OLin (sum_rows d) (c + 8)                    (*  8: the output *)
]%nat.
Definition hawk_inits (k n : nat) : list (list Q) :=
  initially [(1, silence k); (2, silence k); (3, silence k); (11, silence k)]%nat n.
Definition hawk_program (k : nat) (w : hawk_weights) : prog := {|
  nodes := hawk_nodes k w; inits := hawk_inits k 17; out := 16 |}.
Definition hawk_block_program (d k : nat) (w : hawk_weights) (m : mlp_weights) : prog := {|
  nodes := hawk_nodes k w ++ residual_nodes 17 d m; inits := hawk_inits k 27; out := 26 |}.

(** For tokens of n elements, all columns exist: nothing is read by default. *)
Definition hawk_reads (n k : nat) (w : hawk_weights) : Prop :=
  columns n (to_channels w) /\ columns k (input_gate w) /\ columns n (output_gate w)
  /\ columns k (from_channels w).
Theorem hawk_program_wf n k w : hawk_fits k w -> hawk_reads n k w -> wf n (hawk_program k w) = true.
Proof.
  intros (Lx & T & Li & La & Lm & Ly) (Cx & Ci & Cy & Co). pose proof (repeat_length 0%Q k) as L0.
  unfold hawk_program, hawk_nodes, hawk_inits, silence.
  fit [n; k; k; k; k; k + (k + (k + k)); k; k; k; k + k; k; k; k; k; k + k; k;
    length (from_channels w)]%nat.
Qed.
Theorem hawk_block_program_wf d k w m : hawk_fits k w -> hawk_reads d k w ->
  length (from_channels w) = d -> length (mlp_gate m) = length (up m) -> length (down m) = d ->
  columns d (up m) -> columns d (mlp_gate m) -> columns (length (up m)) (down m) ->
  wf d (hawk_block_program d k w m) = true.
Proof.
  intros (Lx & T & Li & La & Lm & Ly) (Cx & Ci & Cy & Co) Lo Lg Ld Cu Cg Cd.
  pose proof (repeat_length 0%Q k) as L0. remember (length (up m)) as r eqn:Lu. symmetry in Lu.
  unfold hawk_block_program, hawk_nodes, residual_nodes, hawk_inits, silence.
  cbn [Nat.add Nat.sub].
  fit [d; k; k; k; k; k + (k + (k + k)); k; k; k; k + k; k; k; k; k; k + k; k; d;
    d + d; d; r; r; r; r + r; r; d; d + d; d]%nat.
Qed.

Section Hawk.
Variable F : oring.
Local Notation vec := (list F).
Local Infix "+" := (vadd F).
Local Infix "*" := (vmul F).
Local Notation ReLU := (vrelu F).
Local Notation affine := (linv F).
Local Notation const := (constant F).

(** The equations; u1, u2, u3 are u one, two, three tokens ago. *)
Fixpoint hawk (w : hawk_weights) (h u1 u2 u3 : vec) (xs : list vec) : list vec :=
  match xs with
  | [] => []
  | x :: rest =>
    let u := affine (to_channels w) x in
    let z := convolve F (convolution w) u u1 u2 u3 in
    let i := ReLU (affine (input_gate w) z) in
    let h' := const (decay w) * h + const (multiplier w) * (i * z) in
    let mixed := affine (from_channels w) (h' * ReLU (affine (output_gate w) x)) in
    mixed :: hawk w h' u u1 u2 rest
  end.
Definition gated_mlp (m : mlp_weights) (y : vec) : vec :=
  affine (down m) (affine (up m) y * ReLU (affine (mlp_gate m) y)).
Definition residual (m : mlp_weights) (x mixed : vec) : vec :=
  let y := x + mixed in y + gated_mlp m y.
Definition hawk_block (k : nat) (w : hawk_weights) (m : mlp_weights) (xs : list vec) : list vec :=
  let zero := const (silence k) in map2 (residual m) xs (hawk w zero zero zero zero xs).

(** What a program remembers: h, and u of the last three tokens. *)
Definition hawk_remembers (k : nat) (prev : list vec) (h u1 u2 u3 : vec) : Prop :=
  (nth 11 prev [] = h /\ nth 1 prev [] = u1 /\ nth 2 prev [] = u2 /\ nth 3 prev [] = u3)
  /\ length h = k /\ length u1 = k /\ length u2 = k /\ length u3 = k.

Lemma hawk_step k w x prev h u1 u2 u3 : hawk_fits k w -> hawk_remembers k prev h u1 u2 u3 ->
  let e := exec F (hawk_nodes k w) x prev [] in
  let u := affine (to_channels w) x in
  let z := convolve F (convolution w) u u1 u2 u3 in
  let i := ReLU (affine (input_gate w) z) in
  let h' := const (decay w) * h + const (multiplier w) * (i * z) in
  (nth 0 e [] = x
    /\ nth 16 e [] = affine (from_channels w) (h' * ReLU (affine (output_gate w) x)))
  /\ hawk_remembers k e h' u u1 u2.
Proof.
  intros (Lx & T & Li & La & Lm & Ly) ((H & U1 & U2 & U3) & Lh & L1 & L2 & L3).
  intros e u z i h'. pose proof (eq_refl : exec F (hawk_nodes k w) x prev [] = e) as R. clearbody e.
  unfold hawk_nodes in R. walk R.
  repeat split; cbn [nth]; unfold h', i, z, u; subst; try reflexivity; dimensions.
Qed.
Lemma hawk_run k w : hawk_fits k w -> forall xs prev h u1 u2 u3, hawk_remembers k prev h u1 u2 u3 ->
  run F (hawk_program k w) prev xs = hawk w h u1 u2 u3 xs.
Proof.
  intro W. induction xs as [|x xs IH]; intros prev h u1 u2 u3 P; [reflexivity|].
  destruct (hawk_step k w x prev h u1 u2 u3 W P) as ((_ & Y) & P').
  cbn [run hawk nodes out hawk_program]. f_equal; [exact Y|]. apply IH, P'.
Qed.
Theorem hawk_program_correct k w xs : hawk_fits k w -> let zero := const (silence k) in
  sem F (hawk_program k w) xs = hawk w zero zero zero zero xs.
Proof.
  intros W zero. apply hawk_run; [exact W|]. repeat split; apply silence_length.
Qed.

(** The residual nodes behind any values, the first being x and the last one mixed. *)
Lemma residual_ok d m x prev env :
  length (nth 0 env []) = d -> length (nth (length env - 1) env []) = d ->
  length (mlp_gate m) = length (up m) -> length (down m) = d -> (0 < length env)%nat ->
  exists l, exec F (residual_nodes (length env) d m) x prev env = env ++ l
    /\ nth 9 l [] = residual m (nth 0 env []) (nth (length env - 1) env []).
Proof.
  intros Dx Dm Lg Ld L. unfold residual_nodes. remember (length env) as c eqn:C.
  remember (exec F _ x prev env) as e eqn:R. symmetry in R.
  rewrite <- (app_nil_r env), C in R. walk R.
  eexists. split; [reflexivity|]. cbn [nth]. subst. reflexivity.
Qed.
Lemma hawk_block_run d k w m : hawk_fits k w -> length (from_channels w) = d ->
  length (mlp_gate m) = length (up m) -> length (down m) = d ->
  forall xs, Forall (fun x => length x = d) xs ->
  forall prev h u1 u2 u3, hawk_remembers k prev h u1 u2 u3 ->
  run F (hawk_block_program d k w m) prev xs = map2 (residual m) xs (hawk w h u1 u2 u3 xs).
Proof.
  intros W Lo Lg Ld xs D. induction D as [|x xs Dx _ IH]; intros prev h u1 u2 u3 P; [reflexivity|].
  destruct (hawk_step k w x prev h u1 u2 u3 W P) as ((X & Y) & P').
  assert (N : length (exec F (hawk_nodes k w) x prev []) = 17%nat) by apply exec_length.
  cbn [run hawk map2 nodes out hawk_block_program]. rewrite exec_app.
  remember (exec F (hawk_nodes k w) x prev []) as e.
  pose proof (residual_ok d m x prev e) as G. rewrite N in G. cbn [Nat.sub] in G. rewrite X, Y in G.
  destruct G as (l & -> & L); [assumption|lengths|assumption|assumption|lia|]. f_equal.
  - rewrite app_nth2 by lia. rewrite N. exact L.
  - apply IH. destruct P' as ((? & ? & ? & ?) & ?). repeat split; rewrite ?app_nth1 by lia; tauto.
Qed.
Theorem hawk_block_program_correct d k w m xs : hawk_fits k w -> length (from_channels w) = d ->
  length (mlp_gate m) = length (up m) -> length (down m) = d ->
  Forall (fun x => length x = d) xs ->
  sem F (hawk_block_program d k w m) xs = hawk_block k w m xs.
Proof.
  intros W Lo Lg Ld D. apply (hawk_block_run d k w m W Lo Lg Ld xs D).
  repeat split; apply silence_length.
Qed.
End Hawk.