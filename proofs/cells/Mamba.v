(** * A Mamba block with ReLU gates, as a program

    For the token a, with D channels and N states a channel:

       u = W_x a
       x = ReLU(K_0 u_t + K_1 u_{t-1} + K_2 u_{t-2} + K_3 u_{t-3} + b)   u = 0 before the first token
       B = W_B x,   C = W_C x                                           N elements each
       h_{c,n} <- A_{c,n} h_{c,n} + Delta_c B_n x_c                     from h = 0
       y_c = sum_n C_n h_{c,n} + d_c x_c
       output = W_o (y ReLU(W_z a))

    The step sizes Delta_c and the decays A_{c,n} (the published block's exp(Delta_c A_{c,n})) are
    rationals that are given: this is the block whose Delta does not depend on the input. The
    projections may have biases.

    Source: A. Gu, T. Dao, arXiv 2312.00752, algorithm 2 and figure 3; with ReLU: arXiv 2406.01424,
    appendix E. *)
From Coq Require Import List QArith Arith Lia Ring.
Import ListNotations.
From LSRL Require Import Language WellFormed FormsSound Vectors Convolution Nodes Dimensions.
Local Open Scope nat_scope.

Record mamba_weights := {
  to_channels : list (srow * Q);                           (* W_x *)
  convolution : taps;                                      (* K, b *)
  gate : list (srow * Q);                                  (* W_z *)
  writing : list (srow * Q); reading : list (srow * Q);    (* W_B, W_C *)
  decay : list (list Q);                                   (* A, one row a channel *)
  step : list Q; skip : list Q;                            (* Delta, d *)
  from_channels : list (srow * Q)                          (* W_o *)
}.
Definition mamba_fits (D N : nat) (w : mamba_weights) : Prop :=
  length (to_channels w) = D /\ taps_fit D (convolution w) /\ length (gate w) = D
  /\ length (writing w) = N /\ length (reading w) = N
  /\ length (decay w) = D /\ Forall (fun row => length row = N) (decay w)
  /\ length (step w) = D /\ length (skip w) = D.

(** ** The program, where h is one vector: channel by channel, its states in a row *)
Definition tiled {A} (D : nat) (v : list A) : list A := concat (repeat v D).
Definition spread {A} (N : nat) (v : list A) : list A := concat (map (fun a => repeat a N) v).
Definition spread_rows (D N : nat) : list (srow * Q) :=
  spread N (map (fun c => ([(c, 1%Q)], 0%Q)) (seq 0 D)).
(** Of [products of C and h; x]: sums over the states of a channel, and the skip. *)
Definition channel_rows (D N : nat) (skip : list Q) : list (srow * Q) :=
  map (fun c => (map (fun n => (c * N + n, 1%Q)) (seq 0 N) ++ [(D * N + c, nth c skip 0%Q)], 0%Q))
    (seq 0 D).

Definition mamba_nodes (D N : nat) (w : mamba_weights) : list op := [
  OInput; OLin (to_channels w) 0;                                      (*  0: a, u *)
  OPrev 1; OPrev 2; OPrev 3; OConcat [1; 2; 3; 4];                     (*  2: u of three tokens *)
  OLin (convolution_rows D (convolution w)) 5; ORelu 6;                (*  6: x *)
  OLin (gate w) 0; ORelu 8;                                            (*  8: the gate *)
  OLin (tiled D (writing w)) 7; OLin (spread_rows D N) 7;              (* 10: B_n, x_c *)
  OConcat [10; 11]; OMulti 12;                                         (* 12: B_n x_c *)
  OState (decay_rows (concat (decay w)) (spread N (step w))) 13;       (* 14: the new h *)
  OLin (tiled D (reading w)) 7; OConcat [15; 14]; OMulti 16;           (* 15: C_n h_{c,n} *)
  OConcat [17; 7]; OLin (channel_rows D N (skip w)) 18;                (* 18: y *)
  OConcat [19; 9]; OMulti 20; OLin (from_channels w) 21                (* 20: the output *)
].
Definition mamba_program (D N : nat) (w : mamba_weights) : prog := {|
  nodes := mamba_nodes D N w;
  inits := initially [(1, silence D); (2, silence D); (3, silence D); (14, silence (D * N))] 23;
  out := 22 |}.

Lemma tiled_length {A} D (v : list A) : length (tiled D v) = D * length v.
Proof. induction D as [|D IH]; [reflexivity|]. unfold tiled in *. cbn. rewrite app_length. lia. Qed.
Lemma spread_length {A} N (v : list A) : length (spread N v) = length v * N.
Proof.
  induction v as [|a v IH]; [reflexivity|]. unfold spread in *. cbn.
  rewrite app_length, repeat_length. lia.
Qed.
Lemma concat_length {A} N (m : list (list A)) :
  Forall (fun row => length row = N) m -> length (concat m) = length m * N.
Proof. induction 1 as [|r m R _ IH]; [reflexivity|]. cbn. rewrite app_length. lia. Qed.

Lemma spread_rows_length D N : length (spread_rows D N) = D * N.
Proof. unfold spread_rows. now rewrite spread_length, map_length, seq_length. Qed.
Lemma channel_rows_length D N skip : length (channel_rows D N skip) = D.
Proof. unfold channel_rows. now rewrite map_length, seq_length. Qed.

(** For tokens of n elements, all columns exist: nothing is read by default. *)
Definition mamba_reads (n D : nat) (w : mamba_weights) : Prop :=
  columns n (to_channels w) /\ columns n (gate w) /\ columns D (writing w)
  /\ columns D (reading w) /\ columns D (from_channels w).
Lemma tiled_columns d D rows : columns d rows -> columns d (tiled D rows).
Proof.
  intro C. apply Forall_concat, Forall_forall. intros r I. now apply repeat_spec in I as ->.
Qed.
Lemma spread_columns D N : columns D (spread_rows D N).
Proof.
  apply Forall_concat, Forall_forall. intros r I. apply in_map_iff in I as (a & <- & I).
  apply in_map_iff in I as (c & <- & I). apply in_seq in I. apply Forall_forall. intros b B.
  apply repeat_spec in B as ->. repeat constructor. cbn. lia.
Qed.
Lemma channel_columns D N skip : columns (D * N + D) (channel_rows D N skip).
Proof.
  apply Forall_forall. intros r I. apply in_map_iff in I as (c & <- & I). apply in_seq in I.
  apply Forall_app. split; [|repeat constructor; cbn; lia].
  apply Forall_forall. intros iq J. apply in_map_iff in J as (j & <- & J). apply in_seq in J.
  cbn. nia.
Qed.
Theorem mamba_program_wf n D N w : mamba_fits D N w -> mamba_reads n D w ->
  wf n (mamba_program D N w) = true.
Proof.
  intros (Lx & T & Lg & LB & LC & LA & HA & LD & Ls) (Cx & Cg & CB & CC & Co).
  pose proof (tiled_length D (writing w)) as LtB. pose proof (tiled_length D (reading w)) as LtC.
  rewrite LB in LtB. rewrite LC in LtC.
  pose proof (spread_rows_length D N) as Lr. pose proof (channel_rows_length D N (skip w)) as Ly.
  pose proof (concat_length N (decay w) HA) as LcA. rewrite LA in LcA.
  pose proof (tiled_columns D D _ CB) as CtB. pose proof (tiled_columns D D _ CC) as CtC.
  pose proof (spread_columns D N) as Cs. pose proof (channel_columns D N (skip w)) as Cc.
  pose proof (repeat_length 0%Q D) as L0. pose proof (repeat_length 0%Q (D * N)) as L1.
  unfold mamba_program, mamba_nodes, silence. remember (D * N) as H eqn:X. clear X.
  fit [n; D; D; D; D; D + (D + (D + D)); D; D; D; D; H; H; H + H; H; H; H; H + H; H; H + D; D;
    D + D; D; length (from_channels w)].
Qed.

Section Mamba.
Variable F : oring.
Add Ring KRM : (k_ring F).
Local Notation vec := (list F).
Local Notation matrix := (list vec).
Local Infix "+" := (vadd F).
Local Infix "*" := (vmul F).
Local Notation ReLU := (vrelu F).
Local Notation affine := (linv F).
Local Notation const := (constant F).

(** ** The equations; h is a matrix of one row a channel *)
Definition decayed (A : list (list Q)) (h : matrix) : matrix :=
  map2 (fun a s => const a * s) A h.
Definition outer (v b : vec) : matrix := map (fun a => map (kmul F a) b) v.
Definition madd (m n : matrix) : matrix := map2 (vadd F) m n.
Definition inner (v w : vec) : F := fold_right (kadd F) (k0 F) (v * w).

Fixpoint mamba (w : mamba_weights) (h : matrix) (u1 u2 u3 : vec) (tokens : list vec) : list vec :=
  match tokens with
  | [] => []
  | a :: rest =>
    let u := affine (to_channels w) a in
    let x := ReLU (convolve F (convolution w) u u1 u2 u3) in
    let B := affine (writing w) x in
    let C := affine (reading w) x in
    let h' := madd (decayed (decay w) h) (outer (const (step w) * x) B) in
    let y := map (inner C) h' + const (skip w) * x in
    affine (from_channels w) (y * ReLU (affine (gate w) a)) :: mamba w h' u u1 u2 rest
  end.

(** ** Matrices as vectors *)
Lemma linv_app W V v : affine (W ++ V) v = affine W v ++ affine V v.
Proof. apply map_app. Qed.
Lemma linv_tiled D W v : affine (tiled D W) v = tiled D (affine W v).
Proof.
  induction D as [|D IH]; [reflexivity|]. unfold tiled in *. cbn [repeat concat].
  now rewrite linv_app, IH.
Qed.
Lemma linv_spread D N v : length v = D -> affine (spread_rows D N) v = spread N v.
Proof.
  intros <-. unfold spread_rows, spread, linv. rewrite concat_map, !map_map. f_equal.
  apply nth_ext with [] []; rewrite !map_length, seq_length; [reflexivity|].
  intros c H.
  rewrite nth_indep with (d' := (fun c => map (fun rb => kadd F (dot F (fst rb) v) (inj F (snd rb)))
    (repeat ([(c, 1%Q)], 0%Q) N)) 0) by (now rewrite map_length, seq_length).
  rewrite nth_indep with (d' := repeat (k0 F) N) (l := map _ v) by (now rewrite map_length).
  rewrite map_nth with (d := 0), (map_nth (fun a => repeat a N)), seq_nth by exact H.
  cbn [Nat.add]. induction N as [|N IH]; [reflexivity|]. cbn [repeat map]. rewrite IH.
  f_equal. cbn [fst snd dot]. rewrite inj_1, inj_0. ring.
Qed.
Lemma state_row b d x :
  const (repeat d (length b)) * (b * repeat x (length b))
  = map (kmul F (kmul F (inj F d) x)) b.
Proof.
  induction b as [|e b IH]; [reflexivity|].
  unfold vmul, constant in *. cbn [length repeat map map2]. f_equal; [ring|exact IH].
Qed.
Lemma constant_app p q : const (p ++ q) = const p ++ const q.
Proof. apply map_app. Qed.
Lemma vmul_app v w v' w' : length w = length v -> (v ++ v') * (w ++ w') = v * w ++ v' * w'.
Proof. intro L. apply map2_app, L. Qed.
Lemma vadd_app v w v' w' : length w = length v -> (v ++ v') + (w ++ w') = (v + w) ++ (v' + w').
Proof. intro L. apply map2_app, L. Qed.
Lemma advance_ok N A : forall h D x b, Forall (fun row => length row = N) A ->
  Forall (fun row => length row = N) h -> length b = N ->
  length h = length A -> length D = length A -> length x = length A ->
  const (concat A) * concat h + const (spread N D) * (tiled (length A) b * spread N x)
  = concat (madd (decayed A h) (outer (const D * x) b)).
Proof.
  induction A as [|a A IH]; intros [|s h] [|d D] [|z x] b HA Hh Lb Lh LD Lx; try discriminate;
    [reflexivity|].
  apply Forall_cons_iff in HA as [La HA]. apply Forall_cons_iff in Hh as [Ls Hh].
  change (concat (madd (decayed (a :: A) (s :: h)) (outer (const (d :: D) * (z :: x)) b)))
    with ((const a * s + map (kmul F (kmul F (inj F d) z)) b)
      ++ concat (madd (decayed A h) (outer (const D * x) b))).
  change (concat (a :: A)) with (a ++ concat A). change (concat (s :: h)) with (s ++ concat h).
  change (spread N (d :: D)) with (repeat d N ++ spread N D).
  change (spread N (z :: x)) with (repeat z N ++ spread N x).
  change (tiled (length (a :: A)) b) with (b ++ tiled (length A) b).
  rewrite !constant_app, !vmul_app, vadd_app by (rewrite ?repeat_length; lengths || (
    repeat length_step; rewrite ?repeat_length; lia)).
  rewrite <- Lb, state_row, Lb. f_equal. apply IH; auto; lia.
Qed.
Lemma matrix_rows N A : forall h D x b, Forall (fun row => length row = N) A ->
  Forall (fun row => length row = N) h -> length b = N ->
  length h = length A -> length D = length A -> length x = length A ->
  let h' := madd (decayed A h) (outer (const D * x) b) in
  length h' = length A /\ Forall (fun row => length row = N) h'.
Proof.
  induction A as [|a A IH]; intros [|s h] [|d D] [|z x] b HA Hh Lb Lh LD Lx; try discriminate;
    [split; auto|].
  apply Forall_cons_iff in HA as [La HA]. apply Forall_cons_iff in Hh as [Ls Hh].
  destruct (IH h D x b) as [I1 I2]; auto; try lia. split.
  - cbn. f_equal. exact I1.
  - constructor; [|exact I2]. repeat length_step. rewrite map_length. lia.
Qed.

(** Sums over the states of a channel. *)
Lemma nth_concat N (m : matrix) v : Forall (fun row => length row = N) m -> forall c n,
  c < length m -> n < N ->
  nth (Nat.add (Nat.mul c N) n) (concat m ++ v) (k0 F) = nth n (nth c m []) (k0 F).
Proof.
  induction 1 as [|row m R _ IH]; intros c n C J; [cbn in C; lia|].
  cbn [concat]. rewrite <- app_assoc. destruct c as [|c].
  - cbn [Nat.mul Nat.add nth]. apply app_nth1. lia.
  - cbn [nth]. rewrite app_nth2 by nia.
    rewrite <- (IH c n) by (cbn in C; lia). f_equal. nia.
Qed.
Lemma dot_ones o v row : (forall n, n < length row -> nth (Nat.add o n) v (k0 F) = nth n row (k0 F)) ->
  dot F (map (fun n => (Nat.add o n, 1%Q)) (seq 0 (length row))) v = fold_right (kadd F) (k0 F) row.
Proof.
  revert o. induction row as [|a row IH]; intros o H; [reflexivity|].
  cbn [length seq map dot fold_right]. rewrite inj_1, (H 0) by (cbn; lia). cbn [nth].
  rewrite <- seq_shift, map_map. rewrite <- (IH (S o)).
  - replace (map (fun n => (Nat.add o (S n), 1%Q)) (seq 0 (length row)))
      with (map (fun n => (Nat.add (S o) n, 1%Q)) (seq 0 (length row))); [ring|].
    apply map_ext. intro n. f_equal. lia.
  - intros n J. specialize (H (S n)). cbn [nth length] in H. rewrite <- H by lia. f_equal. lia.
Qed.
Lemma tiled_mul N b : forall m, Forall (fun row => length row = N) m -> length b = N ->
  tiled (length m) b * concat m = concat (map (vmul F b) m).
Proof.
  induction 1 as [|row m R _ IH]; intro Lb; [reflexivity|].
  change (tiled (length (row :: m)) b) with (b ++ tiled (length m) b).
  cbn [concat map]. rewrite vmul_app by lia. f_equal. auto.
Qed.
Lemma read_ok N c skip m x : Forall (fun row => length row = N) m -> length c = N ->
  length skip = length m -> length x = length m ->
  affine (channel_rows (length m) N skip) (tiled (length m) c * concat m ++ x)
  = map (inner c) m + const skip * x.
Proof.
  intros Hm Lc Ls Lx. rewrite (tiled_mul N) by assumption.
  assert (P : Forall (fun row => length row = N) (map (vmul F c) m)).
  { rewrite Forall_map. eapply Forall_impl; [|exact Hm]. intros row R. cbn beta in *. lengths. }
  apply nth_ext with (k0 F) (k0 F).
  - unfold linv, channel_rows. rewrite !map_length, seq_length. repeat length_step.
    rewrite map_length. lia.
  - intros j J. unfold linv, channel_rows in *. rewrite !map_length, seq_length in J.
    rewrite map_map, (nth_map_seq F) by exact J. cbn [fst snd].
    rewrite nth_vadd by (repeat length_step; rewrite ?map_length; lia).
    rewrite nth_vmul by lengths. rewrite nth_constant, dot_app. cbn [dot].
    assert (R : length (nth j (map (vmul F c) m) []) = N).
    { rewrite Forall_nth in P. apply P. now rewrite map_length. }
    rewrite <- R at 1. rewrite dot_ones.
    + assert (E : Nat.mul (length m) N = length (concat (map (vmul F c) m))).
      { rewrite (concat_length N) by exact P. now rewrite map_length. }
      rewrite E, app_nth2_plus, inj_0.
      rewrite nth_indep with (l := map (inner c) m) (d' := inner c []) by (now rewrite map_length).
      rewrite (map_nth (inner c)).
      rewrite nth_indep with (l := map (vmul F c) m) (d' := vmul F c [])
        by (now rewrite map_length).
      rewrite (map_nth (vmul F c)). unfold inner. ring.
    + intros n H. apply nth_concat; [exact P|now rewrite map_length|lia].
Qed.

(** What a program remembers: h, and u of the last three tokens. *)
Definition mamba_remembers (D N : nat) (prev : list vec) (h : matrix) (u1 u2 u3 : vec) : Prop :=
  (nth 14 prev [] = concat h /\ nth 1 prev [] = u1 /\ nth 2 prev [] = u2 /\ nth 3 prev [] = u3)
  /\ length h = D /\ Forall (fun row => length row = N) h
  /\ length u1 = D /\ length u2 = D /\ length u3 = D.

Lemma mamba_run D N w : mamba_fits D N w -> forall tokens prev h u1 u2 u3,
  mamba_remembers D N prev h u1 u2 u3 ->
  run F (mamba_program D N w) prev tokens = mamba w h u1 u2 u3 tokens.
Proof.
  intros (Lx & T & Lg & LB & LC & LA & HA & LD & Ls).
  induction tokens as [|a tokens IH]; [reflexivity|].
  intros prev h u1 u2 u3 ((H & U1 & U2 & U3) & Lh & Hh & L1 & L2 & L3).
  pose proof (tiled_length D (writing w)) as LtB. pose proof (tiled_length D (reading w)) as LtC.
  rewrite LB in LtB. rewrite LC in LtC.
  pose proof (spread_rows_length D N) as Lr. pose proof (channel_rows_length D N (skip w)) as Ly.
  pose proof (spread_length N (step w)) as Lsp. rewrite LD in Lsp.
  pose proof (concat_length N (decay w) HA) as LcA. rewrite LA in LcA.
  pose proof (concat_length N h Hh) as Lch. rewrite Lh, <- H in Lch.
  cbn [run mamba nodes out mamba_program]. unfold mamba_nodes.
  remember (exec F _ a prev []) as e eqn:R. symmetry in R.
  subst u1 u2 u3.
  remember (ReLU (convolve F (convolution w) (affine (to_channels w) a) (nth 1 prev [])
    (nth 2 prev []) (nth 3 prev []))) as x eqn:X.
  assert (Lx' : length x = D) by dimensions.
  destruct (matrix_rows N (decay w) h (step w) x (affine (writing w) x)) as [R1 R2];
    [assumption|assumption|lengths|lia|lia|lia|].
  pose proof (advance_ok N (decay w) h (step w) x (affine (writing w) x)) as A.
  remember (madd _ _) as h' eqn:M. rewrite LA in R1, A.
  walk R.
  assert (V : v5 = x) by (subst; reflexivity).
  assert (V' : v11 = concat h').
  { rewrite E11, E10, E9, E8, V, H, linv_tiled, linv_spread by exact Lx'.
    apply A; assumption || lengths. }
  f_equal.
  - rewrite E16, E15, E14, E13, E12, V, V', linv_tiled. do 2 f_equal.
    + rewrite <- R1. apply read_ok; assumption || lengths.
    + now rewrite E7, E6, E.
  - apply IH. repeat split; cbn [nth]; try assumption; try (subst; reflexivity).
    subst. lengths.
Qed.
Lemma zero_matrix D N : concat (repeat (const (silence N)) D) = const (silence (Nat.mul D N)).
Proof.
  unfold silence. induction D as [|D IH]; [reflexivity|].
  cbn [repeat concat Nat.mul]. now rewrite IH, repeat_app, constant_app.
Qed.
Theorem mamba_program_correct D N w tokens : mamba_fits D N w ->
  let zero := const (silence D) in
  sem F (mamba_program D N w) tokens
  = mamba w (repeat (const (silence N)) D) zero zero zero tokens.
Proof.
  intros W zero. apply (mamba_run D N w W). repeat split; try apply silence_length.
  - rewrite zero_matrix. reflexivity.
  - apply repeat_length.
  - apply Forall_forall. intros row I. apply repeat_spec in I as ->. apply silence_length.
Qed.
End Mamba.
