(** * Hawk with the reset of the published code, as a program

    At the first token the RG-LRU of Hawk.v has the decay 0 and the multiplier 1: h <- i z. In the
    language: a flag that is 1 at the first step and 0 after it, and

       h <- a h + m (i z) + (1 - m) (flag i z)                         from h = 0 *)
From Coq Require Import List QArith Arith Lia Ring.
Import ListNotations.
From LSRL Require Import Language WellFormed Pieces FormsSound Vectors Convolution Nodes Dimensions
  Hawk.
Local Open Scope nat_scope.

Definition resetting_rows (a m : list Q) : list ((srow * srow) * Q) :=
  let k := length a in
  map (fun j => ([(j, nth j a 0%Q)], [(j, nth j m 0%Q); (k + j, (1 - nth j m 0)%Q)], 0%Q)) (seq 0 k).

(** The flag, k times. *)
Definition flag_rows (k : nat) : list (srow * Q) := repeat ([(0, 1%Q)], 0%Q) k.

Definition resetting_nodes (k : nat) (w : hawk_weights) : list op := [
  OInput; OLin (to_channels w) 0;                                      (*  0: x, u *)
  OPrev 1; OPrev 2; OPrev 3; OConcat [1; 2; 3; 4];                     (*  2: u of three tokens *)
  OLin (convolution_rows k (convolution w)) 5;                         (*  6: z *)
  OLin (input_gate w) 6; ORelu 7;                                      (*  7: i *)
  OConcat [8; 6]; OMulti 9;                                            (*  9: i z *)
  OPrev 12; OLin [([], 0%Q)] 0;                                        (* 11: the flag *)
  OLin (flag_rows k) 11; OConcat [13; 10]; OMulti 14;                   (* 13: flag i z *)
  OConcat [10; 15]; OState (resetting_rows (decay w) (multiplier w)) 16; (* 16: the new h *)
  OLin (output_gate w) 0; ORelu 18;                                    (* 18: the output's gate *)
  OConcat [17; 19]; OMulti 20; OLin (from_channels w) 21               (* 20: mixed *)
].
Definition resetting_inits (k n : nat) : list (list Q) :=
  initially [(1, silence k); (2, silence k); (3, silence k); (12, [1%Q]); (17, silence k)] n.
Definition hawk_resetting_program (k : nat) (w : hawk_weights) : prog := {|
  nodes := resetting_nodes k w; inits := resetting_inits k 23; out := 22 |}.
Definition hawk_resetting_block_program (d k : nat) (w : hawk_weights) (m : mlp_weights) : prog := {|
  nodes := resetting_nodes k w ++ residual_nodes 23 d m; inits := resetting_inits k 33; out := 32 |}.

Lemma flag_rows_length k : length (flag_rows k) = k.
Proof. apply repeat_length. Qed.
Lemma flag_columns k : columns 1 (flag_rows k).
Proof. apply Forall_forall. intros r I. apply repeat_spec in I as ->. repeat constructor. Qed.
Lemma resetting_rows_length a m : length (resetting_rows a m) = length a.
Proof. unfold resetting_rows. now rewrite map_length, seq_length. Qed.

Lemma resetting_columns a m :
  Forall (fun r : srow * srow * Q => Forall (fun iq => fst iq < length a) (fst (fst r))
    /\ Forall (fun iq => fst iq < length a + length a) (snd (fst r))) (resetting_rows a m).
Proof.
  apply Forall_forall. intros r H. apply in_map_iff in H as (j & <- & J). apply in_seq in J.
  split; repeat constructor; cbn; lia.
Qed.

(** For tokens of n elements, all columns exist: nothing is read by default. *)
Theorem hawk_resetting_program_wf n k w : hawk_fits k w -> hawk_reads n k w ->
  wf n (hawk_resetting_program k w) = true.
Proof.
  intros (Lx & T & Li & La & Lm & Ly) (Cx & Ci & Cy & Co). pose proof (repeat_length 0%Q k) as L0.
  pose proof (flag_rows_length k) as Lf. pose proof (flag_columns k) as Cf.
  assert (Cz : columns n [([], 0%Q)]) by repeat constructor.
  pose proof (resetting_rows_length (decay w) (multiplier w)) as Lr.
  pose proof (resetting_columns (decay w) (multiplier w)) as Cr. rewrite La in Lr, Cr.
  unfold hawk_resetting_program, resetting_nodes, resetting_inits, silence.
  fit [n; k; k; k; k; k + (k + (k + k)); k; k; k; k + k; k; 1; 1; k; k + k; k; k + k; k; k; k;
    k + k; k; length (from_channels w)].
Qed.

Theorem hawk_resetting_block_program_wf d k w m : hawk_fits k w -> hawk_reads d k w ->
  length (from_channels w) = d -> length (mlp_gate m) = length (up m) -> length (down m) = d ->
  columns d (up m) -> columns d (mlp_gate m) -> columns (length (up m)) (down m) ->
  wf d (hawk_resetting_block_program d k w m) = true.
Proof.
  intros (Lx & T & Li & La & Lm & Ly) (Cx & Ci & Cy & Co) Lo Lg Ld Cu Cg Cd.
  pose proof (repeat_length 0%Q k) as L0. remember (length (up m)) as r eqn:Lu. symmetry in Lu.
  pose proof (flag_rows_length k) as Lf. pose proof (flag_columns k) as Cf.
  assert (Cz : columns d [([], 0%Q)]) by repeat constructor.
  pose proof (resetting_rows_length (decay w) (multiplier w)) as Lr.
  pose proof (resetting_columns (decay w) (multiplier w)) as Cr. rewrite La in Lr, Cr.
  unfold hawk_resetting_block_program, resetting_nodes, residual_nodes, resetting_inits, silence.
  cbn [Nat.add Nat.sub].
  fit [d; k; k; k; k; k + (k + (k + k)); k; k; k; k + k; k; 1; 1; k; k + k; k; k + k; k; k; k;
    k + k; k; d; d + d; d; r; r; r; r + r; r; d; d + d; d].
Qed.

Section Resetting.
Variable F : oring.
Add Ring KRH : (k_ring F).
Local Notation vec := (list F).
Local Infix "+" := (vadd F).
Local Infix "*" := (vmul F).
Local Notation ReLU := (vrelu F).
Local Notation affine := (linv F).
Local Notation const := (constant F).

(** The equations: after the first token, those of Hawk. *)
Definition hawk_resetting (k : nat) (w : hawk_weights) (xs : list vec) : list vec :=
  match xs with
  | [] => []
  | x :: rest =>
    let zero := const (silence k) in
    let u := affine (to_channels w) x in
    let z := convolve F (convolution w) u zero zero zero in
    let i := ReLU (affine (input_gate w) z) in
    let h := i * z in
    let mixed := affine (from_channels w) (h * ReLU (affine (output_gate w) x)) in
    mixed :: hawk F w h u zero zero rest
  end.

Definition hawk_resetting_block (k : nat) (w : hawk_weights) (m : mlp_weights) (xs : list vec) :
  list vec := map2 (residual F m) xs (hawk_resetting k w xs).

Lemma flags f k : affine (flag_rows k) [f] = repeat f k.
Proof.
  induction k as [|k IH]; [reflexivity|].
  unfold linv, flag_rows in *. cbn [repeat map]. rewrite IH. f_equal.
  cbn. rewrite inj_1, inj_0. ring.
Qed.
Lemma resetting_nth a m s v w k j : length a = k -> length v = k -> j < k ->
  nth j (statev F (resetting_rows a m) s (v ++ w)) (k0 F)
  = kadd F (kmul F (inj F (nth j a 0%Q)) (nth j s (k0 F)))
      (kadd F (kmul F (inj F (nth j m 0%Q)) (nth j v (k0 F)))
        (kmul F (ksub F (k1 F) (inj F (nth j m 0%Q))) (nth j w (k0 F)))).
Proof.
  intros La Lv J. unfold statev, resetting_rows. rewrite map_map, (nth_map_seq F) by lia.
  cbn [fst snd dot]. rewrite La, <- Lv, app_nth2_plus, app_nth1 by lia.
  unfold Qminus. rewrite inj_add, inj_1, inj_opp, inj_0. ring.
Qed.
Lemma nth_repeat_below (f : F) k j : j < k -> nth j (repeat f k) (k0 F) = f.
Proof. intro J. rewrite nth_indep with (d' := f) by (now rewrite repeat_length). apply nth_repeat. Qed.
Ltac elementwise k := apply nth_ext with (k0 F) (k0 F);
  [ repeat length_step; rewrite ?resetting_rows_length; lia
  | intros j J; rewrite statev_length, resetting_rows_length in J;
    rewrite resetting_nth with (k := k) by lia;
    repeat first [rewrite nth_vadd by lengths
      | rewrite nth_vmul by (repeat length_step; rewrite ?repeat_length; lia)];
    rewrite ?nth_repeat_below by lia ].
Lemma resetting_first a m v k : length a = k -> length v = k ->
  statev F (resetting_rows a m) (const (silence k)) (v ++ repeat (k1 F) k * v) = v.
Proof.
  intros La Lv. elementwise k. rewrite nth_constant. unfold silence.
  rewrite nth_repeat, inj_0. ring.
Qed.
Lemma resetting_later a m s v k : length a = k -> length m = k -> length s = k -> length v = k ->
  statev F (resetting_rows a m) s (v ++ repeat (k0 F) k * v) = const a * s + const m * v.
Proof. intros La Lm Ls Lv. elementwise k. rewrite !nth_constant. ring. Qed.

(** What a program remembers: the flag, h, and u of the last three tokens. *)
Definition resetting_remembers (k : nat) (f : F) (prev : list vec) (h u1 u2 u3 : vec) : Prop :=
  (nth 12 prev [] = [f] /\ nth 17 prev [] = h
    /\ nth 1 prev [] = u1 /\ nth 2 prev [] = u2 /\ nth 3 prev [] = u3)
  /\ length h = k /\ length u1 = k /\ length u2 = k /\ length u3 = k.

Lemma resetting_step k w x f prev h u1 u2 u3 : hawk_fits k w ->
  resetting_remembers k f prev h u1 u2 u3 ->
  let e := exec F (resetting_nodes k w) x prev [] in
  let u := affine (to_channels w) x in
  let z := convolve F (convolution w) u u1 u2 u3 in
  let v := ReLU (affine (input_gate w) z) * z in
  let h' := statev F (resetting_rows (decay w) (multiplier w)) h (v ++ repeat f k * v) in
  length v = k
  /\ (nth 0 e [] = x /\ nth 22 e [] = affine (from_channels w) (h' * ReLU (affine (output_gate w) x)))
  /\ resetting_remembers k (k0 F) e h' u u1 u2.
Proof.
  intros (Lx & T & Li & La & Lm & Ly) ((F0 & H & U1 & U2 & U3) & Lh & L1 & L2 & L3).
  pose proof (flag_rows_length k) as Lf.
  pose proof (resetting_rows_length (decay w) (multiplier w)) as Lr.
  intros e u z v0 h'. remember (repeat f k) as fs eqn:Fs. rewrite <- flags, <- F0 in Fs.
  pose proof (eq_refl : exec F (resetting_nodes k w) x prev [] = e) as R. clearbody e.
  unfold resetting_nodes in R. walk R.
  split; [|split; [split|]]; [unfold v0, z, u; dimensions|subst; reflexivity|subst; reflexivity|].
  repeat split; cbn [nth]; unfold h', v0, z, u; subst; try reflexivity; try dimensions.
  cbn. rewrite inj_0. f_equal. ring.
Qed.
Lemma resetting_run k w : hawk_fits k w -> forall xs prev h u1 u2 u3,
  resetting_remembers k (k0 F) prev h u1 u2 u3 ->
  run F (hawk_resetting_program k w) prev xs = hawk F w h u1 u2 u3 xs.
Proof.
  intros W. induction xs as [|x xs IH]; intros prev h u1 u2 u3 P; [reflexivity|].
  destruct (resetting_step k w x _ prev h u1 u2 u3 W P) as (L & (_ & Y) & P').
  destruct W as (_ & _ & _ & La & Lm & _). destruct P as (_ & Lh & _).
  rewrite resetting_later in Y, P' by assumption.
  cbn [run hawk nodes out hawk_resetting_program]. f_equal; [exact Y|]. apply IH, P'.
Qed.
Theorem hawk_resetting_program_correct k w xs : hawk_fits k w ->
  sem F (hawk_resetting_program k w) xs = hawk_resetting k w xs.
Proof.
  intros W. unfold sem. destruct xs as [|x xs]; [reflexivity|].
  assert (P : resetting_remembers k (k1 F) (init F (hawk_resetting_program k w))
    (const (silence k)) (const (silence k)) (const (silence k)) (const (silence k))).
  { repeat split; try apply silence_length. cbn. now rewrite inj_1. }
  destruct (resetting_step k w x _ _ _ _ _ _ W P) as (L & (_ & Y) & P').
  pose proof W as (_ & _ & _ & La & _). rewrite resetting_first in Y, P' by assumption.
  cbn [run hawk_resetting nodes out hawk_resetting_program]. f_equal; [exact Y|].
  apply (resetting_run k w W), P'.
Qed.

(** One step of the residual nodes behind those of the recurrence. *)
Lemma resetting_block_step d k w m x prev (mixed : vec) : length x = d -> length mixed = d ->
  length (mlp_gate m) = length (up m) -> length (down m) = d ->
  let e := exec F (resetting_nodes k w) x prev [] in
  nth 0 e [] = x -> nth 22 e [] = mixed ->
  let e' := exec F (resetting_nodes k w ++ residual_nodes 23 d m) x prev [] in
  nth 32 e' [] = residual F m x mixed
  /\ forall f h u1 u2 u3, resetting_remembers k f e h u1 u2 u3 ->
    resetting_remembers k f e' h u1 u2 u3.
Proof.
  intros Dx Dm Lg Ld e X Y e'. assert (N : length e = 23) by apply exec_length.
  pose proof (residual_ok F d m x prev e) as G. rewrite N in G. cbn [Nat.sub] in G.
  rewrite X, Y in G. destruct G as (l & E & L); try assumption; [lia|].
  unfold e'. rewrite exec_app. fold e. rewrite E. split.
  - rewrite app_nth2 by lia. rewrite N. exact L.
  - intros f h u1 u2 u3 ((? & ? & ? & ? & ?) & ?). repeat split; rewrite ?app_nth1 by lia; tauto.
Qed.
Lemma resetting_block_run d k w m : hawk_fits k w -> length (from_channels w) = d ->
  length (mlp_gate m) = length (up m) -> length (down m) = d ->
  forall xs, Forall (fun x => length x = d) xs ->
  forall prev h u1 u2 u3, resetting_remembers k (k0 F) prev h u1 u2 u3 ->
  run F (hawk_resetting_block_program d k w m) prev xs
  = map2 (residual F m) xs (hawk F w h u1 u2 u3 xs).
Proof.
  intros W Lo Lg Ld xs D. induction D as [|x xs Dx _ IH]; intros prev h u1 u2 u3 P; [reflexivity|].
  destruct (resetting_step k w x _ prev h u1 u2 u3 W P) as (L & (X & Y) & P').
  pose proof W as (_ & _ & _ & La & Lm & _). destruct P as (_ & Lh & _).
  rewrite resetting_later in Y, P' by assumption.
  pose proof (fun Dm => resetting_block_step d k w m x prev _ Dx Dm Lg Ld X Y) as G.
  destruct G as (Z & K); [lengths|].
  cbn [run hawk map2 nodes out hawk_resetting_block_program]. f_equal; [exact Z|]. apply IH, K, P'.
Qed.
Theorem hawk_resetting_block_program_correct d k w m xs : hawk_fits k w ->
  length (from_channels w) = d -> length (mlp_gate m) = length (up m) -> length (down m) = d ->
  Forall (fun x => length x = d) xs ->
  sem F (hawk_resetting_block_program d k w m) xs = hawk_resetting_block k w m xs.
Proof.
  intros W Lo Lg Ld D. unfold sem. destruct D as [|x xs Dx D]; [reflexivity|].
  assert (P : resetting_remembers k (k1 F) (init F (hawk_resetting_block_program d k w m))
    (const (silence k)) (const (silence k)) (const (silence k)) (const (silence k))).
  { repeat split; try apply silence_length. cbn. now rewrite inj_1. }
  destruct (resetting_step k w x _ _ _ _ _ _ W P) as (L & (X & Y) & P').
  pose proof W as (_ & _ & _ & La & _). rewrite resetting_first in Y, P' by assumption.
  pose proof (fun Dm => resetting_block_step d k w m x _ _ Dx Dm Lg Ld X Y) as G.
  destruct G as (Z & K); [lengths|].
  cbn [run map2 hawk_resetting_block hawk_resetting nodes out hawk_resetting_block_program].
  f_equal; [exact Z|]. apply (resetting_block_run d k w m W Lo Lg Ld xs D), K, P'.
Qed.
End Resetting.
