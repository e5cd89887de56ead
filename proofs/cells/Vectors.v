(** * Vectors in cells: elementwise sums and products as nodes

    A cell adds and multiplies vectors. In the language this is Linear on Concat([a, b]) with the rows
    [sum_rows], and Multi on Concat([a, b]). *)
From Coq Require Import List QArith Arith Lia Ring.
Import ListNotations.
From LSRL Require Import Language Pieces FormsSound.
Local Open Scope nat_scope.

(** a + b of [a; b], and 1 - a of a, for k elements each; a s + c v with constant vectors a, c. *)
Definition sum_rows (k : nat) : list (srow * Q) :=
  map (fun j => ([(j, 1%Q); (k + j, 1%Q)], 0%Q)) (seq 0 k).
Definition complement_rows (k : nat) : list (srow * Q) :=
  map (fun j => ([(j, (-1)%Q)], 1%Q)) (seq 0 k).
Definition decay_rows (a c : list Q) : list ((srow * srow) * Q) :=
  map (fun j => ([(j, nth j a 0%Q)], [(j, nth j c 0%Q)], 0%Q)) (seq 0 (length a)).

(** [A B] row by row: columns below n are A's, the others B's. *)
Definition joined (n : nat) (A : list (srow * Q)) (B : list srow) : list (srow * Q) :=
  map (fun ab => (fst (fst ab) ++ map (fun iq => (n + fst iq, snd iq)) (snd ab), snd (fst ab)))
    (combine A B).

Section Vectors.
Variable F : oring.
Add Ring KRV : (k_ring F).
Local Notation vec := (list F).

Definition vrelu (v : vec) : vec := map (krelu F) v.
Definition vadd (v w : vec) : vec := map2 (kadd F) v w.
Definition vmul (v w : vec) : vec := map2 (kmul F) v w.
Definition vcomplement (v : vec) : vec := map (fun a => ksub F (k1 F) a) v.
Definition constant (q : list Q) : vec := map (inj F) q.

Lemma linv_length W v : length (linv F W v) = length W.
Proof. apply map_length. Qed.
Lemma statev_length rows s v : length (statev F rows s v) = length rows.
Proof. apply map_length. Qed.
Lemma vrelu_length v : length (vrelu v) = length v.
Proof. apply map_length. Qed.
Lemma vcomplement_length v : length (vcomplement v) = length v.
Proof. apply map_length. Qed.
Lemma map2_length (f : F -> F -> F) v : forall w, length (map2 f v w) = Nat.min (length v) (length w).
Proof. induction v as [|a v IH]; intros [|b w]; simpl; auto. Qed.
Lemma vmul_length v w : length (vmul v w) = Nat.min (length v) (length w).
Proof. apply map2_length. Qed.
Lemma vadd_length v w : length (vadd v w) = Nat.min (length v) (length w).
Proof. apply map2_length. Qed.
Lemma constant_length q : length (constant q) = length q.
Proof. apply map_length. Qed.

Lemma multv_app v w : length w = length v -> multv F (v ++ w) = vmul v w.
Proof.
  intro L. unfold multv. rewrite app_length, L. replace (length v + length v) with (2 * length v) by lia.
  rewrite Nat.div2_double, firstn_app, firstn_all, Nat.sub_diag, firstn_O, app_nil_r.
  rewrite skipn_app, skipn_all, Nat.sub_diag. reflexivity.
Qed.
Lemma map2_app (f : F -> F -> F) v w : length w = length v -> forall v' w',
  map2 f (v ++ v') (w ++ w') = map2 f v w ++ map2 f v' w'.
Proof.
  revert w. induction v as [|a v IH]; intros [|b w] L v' w'; simpl in *; try discriminate; auto.
  f_equal. auto.
Qed.
(** W x + b + U h by one Linear on [x; h]; the columns of W are those of x. *)
Lemma dot_app r s v : dot F (r ++ s) v = kadd F (dot F r v) (dot F s v).
Proof. induction r as [|[i q] r IH]; cbn [app dot]; [|rewrite IH]; ring. Qed.
Lemma dot_left r v w : Forall (fun iq => fst iq < length v) r -> dot F r (v ++ w) = dot F r v.
Proof.
  induction 1 as [|[i q] r I _ IH]; [reflexivity|]. cbn [dot]. cbn [fst] in I.
  now rewrite IH, app_nth1.
Qed.
Lemma dot_right r v w :
  dot F (map (fun iq => (length v + fst iq, snd iq)) r) (v ++ w) = dot F r w.
Proof.
  induction r as [|[i q] r IH]; [reflexivity|]. cbn [map dot fst snd].
  rewrite IH, app_nth2_plus. reflexivity.
Qed.
Lemma joined_ok W U x h : Forall (fun rb => Forall (fun iq => fst iq < length x) (fst rb)) W ->
  linv F (joined (length x) W U) (x ++ h) = vadd (linv F W x) (map (fun r => dot F r h) U).
Proof.
  intro H. revert U. induction H as [|[r b] W I _ IH]; intros [|s U]; try reflexivity.
  unfold linv, joined, vadd in *. cbn [combine map map2 fst snd]. f_equal; [|apply IH].
  rewrite dot_app, dot_left, dot_right by exact I. ring.
Qed.
(** Two products by one Multi. *)
Lemma multv_two a b c d : length c = length a -> length b = length a -> length d = length a ->
  multv F (a ++ b ++ c ++ d) = vmul a c ++ vmul b d.
Proof.
  intros C B D. rewrite app_assoc, multv_app by (rewrite !app_length; lia).
  apply map2_app. exact C.
Qed.

(** Vectors by their elements. *)
Lemma map_seq_map2 (f : F -> F -> F) v : forall w g, length w = length v ->
  (forall j, j < length v -> g j = f (nth j v (k0 F)) (nth j w (k0 F))) ->
  map g (seq 0 (length v)) = map2 f v w.
Proof.
  induction v as [|a v IH]; intros [|b w] g L H; simpl in *; try discriminate; [reflexivity|].
  f_equal; [apply (H 0); lia|]. rewrite <- seq_shift, map_map. apply IH; [lia|].
  intros j J. apply (H (S j)). lia.
Qed.
Lemma nth_map2 (f : F -> F -> F) v : forall w j, j < length v -> j < length w ->
  nth j (map2 f v w) (k0 F) = f (nth j v (k0 F)) (nth j w (k0 F)).
Proof.
  induction v as [|a v IH]; intros [|b w] [|j] V W; cbn in *; try lia; [reflexivity|].
  apply IH; lia.
Qed.
Lemma nth_vadd v w j : j < length v -> j < length w ->
  nth j (vadd v w) (k0 F) = kadd F (nth j v (k0 F)) (nth j w (k0 F)).
Proof. apply nth_map2. Qed.
Lemma nth_vmul v w j : j < length v -> j < length w ->
  nth j (vmul v w) (k0 F) = kmul F (nth j v (k0 F)) (nth j w (k0 F)).
Proof. apply nth_map2. Qed.
Lemma nth_map_seq (g : nat -> F) k j : j < k -> nth j (map g (seq 0 k)) (k0 F) = g j.
Proof.
  intro J. rewrite nth_indep with (d' := g 0) by (now rewrite map_length, seq_length).
  now rewrite map_nth, seq_nth.
Qed.
Lemma sum_rows_ok k v w : length v = k -> length w = k -> linv F (sum_rows k) (v ++ w) = vadd v w.
Proof.
  intros V W. unfold linv, sum_rows. rewrite map_map, <- V. apply map_seq_map2; [lia|].
  intros j J. cbn [fst snd dot]. rewrite inj_1, inj_0, app_nth1 by lia.
  rewrite app_nth2 by lia. replace (length v + j - length v) with j by lia. ring.
Qed.
Lemma complement_rows_ok k v : length v = k -> linv F (complement_rows k) v = vcomplement v.
Proof.
  intros <-. unfold linv, complement_rows, vcomplement. rewrite map_map.
  assert (I : inj F (-1) = kopp F (k1 F)).
  { change (-1)%Q with (Qopp 1). rewrite inj_opp, inj_1. reflexivity. }
  induction v as [|a v IH]; [reflexivity|]. cbn [length seq map fst snd dot nth]. rewrite I, inj_1.
  f_equal; [ring|]. rewrite <- seq_shift, map_map, <- IH. apply map_ext. intro j.
  cbn [fst snd dot nth]. rewrite I, inj_1. reflexivity.
Qed.
Lemma nth_constant j q : nth j (constant q) (k0 F) = inj F (nth j q 0%Q).
Proof. unfold constant. rewrite <- (inj_0 F). apply map_nth. Qed.
Lemma decay_rows_ok a c s v : length c = length a -> length s = length a -> length v = length a ->
  statev F (decay_rows a c) s v = vadd (vmul (constant a) s) (vmul (constant c) v).
Proof.
  intros C S V. unfold statev, decay_rows. rewrite map_map.
  assert (L : length (vmul (constant a) s) = length a).
  { rewrite vmul_length, constant_length. lia. }
  assert (N : forall q w j, length w = length q ->
    nth j (vmul (constant q) w) (k0 F) = kmul F (inj F (nth j q 0%Q)) (nth j w (k0 F))).
  { induction q as [|b q IH]; intros [|e w] [|j] E; try discriminate; cbn.
    - rewrite inj_0. ring.
    - rewrite inj_0. ring.
    - reflexivity.
    - apply IH. now injection E. }
  rewrite <- L. apply map_seq_map2.
  - rewrite L, vmul_length, constant_length. lia.
  - intros j _. cbn [fst snd dot]. rewrite !N, inj_0 by lia. ring.
Qed.
End Vectors.

(** Side conditions on dimensions. *)
Ltac length_step :=
  first [rewrite vmul_length | rewrite vadd_length | rewrite vcomplement_length
    | rewrite vrelu_length | rewrite linv_length | rewrite constant_length
    | rewrite statev_length].
Ltac lengths := repeat length_step; lia.
