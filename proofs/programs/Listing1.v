(** * Listing 1 (the program "continuous"): where its decision is exact, and where it is not

    Source: arXiv 2406.01424, appendix B, Listing 1.
    A cell is (lower corner, width, value). For the cell token number j (the counter shows j + 2 there)

      in_cell = step (sum_k bump (l_k, l_k + delta, q_k) - (d - 1/2)),
      cond    = f_and (step (counter - th)) in_cell,           th = 1/2 as printed, 3/2 as corrected,

    and the output state adds f_ifelse (cond, value, 0). Any f_ifelse that is exact for c = 0, 1 will do (also
    one that first passes its condition through f_larger (c, 1/2), since mu >= 2).
    - [listing1_exact]: mu >= 2, q in a cell at distance >= 1/mu from its lower faces (>= 0 from the upper ones):
      the output is exactly the value of that cell; every other cell has in_cell = 0 exactly.
    - [listing1_zero_at_zero], [listing1_zero_at_edge]: the sup bound of App. B is false: the output is 0 at
      q = 0 and at q = 1/2 + 1/(2 mu) for two cells, whatever the values (f = 1 has L = 0, so bound 0). *)
From Coq Require Import Reals Lra Lia List. Import ListNotations.
From LSRL Require Import IfElse Partition.
Local Open Scope R_scope.

Definition f_and mu x y := relu (step mu x + step mu y - 1).
Record cell := { low : list R; width : R; value : R }.

Section Listing1.
Variables (mu th : R) (sel : R -> R -> R -> R).
Hypothesis mu2 : 2 <= mu.
Hypothesis th_le : th <= 3/2.

Fixpoint bumps (l : list R) (delta : R) (q : list R) : R :=
  match l, q with a :: l', x :: q' => bump mu a (a + delta) x + bumps l' delta q' | _, _ => 0 end.
Definition in_cell (q : list R) (c : cell) := step mu (bumps (low c) (width c) q - (INR (length q) - 1/2)).
Definition cond (counter : R) (q : list R) (c : cell) := f_and mu (step mu (counter - th)) (in_cell q c).
Fixpoint prompt (counter : R) (q : list R) (cells : list cell) : R :=
  match cells with [] => 0 | c :: r => sel (cond counter q c) (value c) 0 + prompt (counter + 1) q r end.
(** first the query token (with the decision c0 there, and y0 in the place of a value), then the cells *)
Definition listing1 (c0 y0 : R) (q : list R) (cells : list cell) : R :=
  sel (f_and mu (step mu (1 - th)) c0) y0 0 + prompt 2 q cells.

Lemma mu_pos : 0 < mu. Proof. lra. Qed.
Lemma inv_half : 0 < 1/mu <= 1/2.
Proof.
  split; [apply Rdiv_lt_0_compat; lra|]. apply (Rmult_le_reg_l mu); [lra|].
  replace (mu * (1/mu)) with 1 by (field; lra). lra.
Qed.
Lemma step_10 : step mu 1 = 1. Proof. pose proof inv_half. apply step_one; lra. Qed.
Lemma step_00 : step mu 0 = 0. Proof. apply step_zero; lra. Qed.
Lemma f_and_1 : f_and mu 1 1 = 1. Proof. unfold f_and. rewrite step_10. cases. Qed.
Lemma f_and_0 x : f_and mu x 0 = 0.
Proof. unfold f_and. rewrite step_00. assert (H := step_range mu mu_pos x). cases. Qed.

(** one bump *)
Lemma bump_in l delta x : l + 1/mu <= x <= l + delta -> bump mu l (l + delta) x = 1.
Proof. intro H. unfold bump. rewrite step_one, step_zero; pose proof mu_pos; lra. Qed.
Lemma bump_le l delta x : bump mu l (l + delta) x <= 1.
Proof. unfold bump. assert (A := step_range mu mu_pos (x - l)). assert (B := step_range mu mu_pos (x - (l + delta))). lra. Qed.
Lemma bump_out l delta x : 0 <= delta -> x <= l \/ l + delta + 1/mu <= x -> bump mu l (l + delta) x = 0.
Proof.
  pose proof inv_half. unfold bump. intros D [H1|H1]; [rewrite !step_zero|rewrite !step_one]; lra.
Qed.
(** q lies at least 1/mu inside the cell (no distance needed on the upper side) *)
Definition inside (q : list R) (c : cell) := Forall2 (fun l x => l + 1/mu <= x <= l + width c) (low c) q.
(** two cells do not overlap: in some coordinate one ends before the other starts *)
Definition separate (c c' : cell) :=
  exists k, (k < length (low c))%nat /\ length (low c') = length (low c) /\ 0 <= width c' /\
  (nth k (low c) 0 + width c <= nth k (low c') 0 \/ nth k (low c') 0 + width c' <= nth k (low c) 0).

Lemma bumps_inside l delta q : Forall2 (fun l x => l + 1/mu <= x <= l + delta) l q -> bumps l delta q = INR (length q).
Proof.
  intro H. induction H as [|a x l q H F IH]; [reflexivity|]. cbn [bumps length]. rewrite IH, bump_in, S_INR by exact H. ring.
Qed.
Lemma bumps_le l delta : forall q, bumps l delta q <= INR (length q).
Proof.
  induction l as [|a l IH]; intros q; cbn [bumps]; [apply pos_INR|].
  destruct q as [|x q]; [cbn; lra|]. cbn [length]. rewrite S_INR. assert (A := bump_le a delta x). specialize (IH q). lra.
Qed.
(** one coordinate outside is enough *)
Lemma bumps_outside k delta : 0 <= delta -> forall l q, (k < length l)%nat -> (k < length q)%nat ->
  nth k q 0 <= nth k l 0 \/ nth k l 0 + delta + 1/mu <= nth k q 0 ->
  bumps l delta q <= INR (length q) - 1.
Proof.
  intro D. induction k as [|k IH]; intros [|a l] [|x q] Hl Hq H; cbn [length] in *; try lia; cbn [bumps nth] in *; rewrite S_INR.
  - rewrite bump_out by assumption. assert (B := bumps_le l delta q). lra.
  - assert (A := bump_le a delta x). specialize (IH l q ltac:(lia) ltac:(lia) H). lra.
Qed.
Lemma Forall2_at (P : R -> R -> Prop) l q k : Forall2 P l q -> (k < length l)%nat -> (k < length q)%nat /\ P (nth k l 0) (nth k q 0).
Proof.
  intro H. revert k. induction H as [|a x l q H F IH]; intros k K; cbn [length] in *; [lia|].
  destruct k as [|k]; cbn [nth]; [split; [lia|exact H]|]. destruct (IH k ltac:(lia)). split; [lia|assumption].
Qed.

(** ** The decision *)
Theorem decision_true q c : inside q c -> in_cell q c = 1.
Proof.
  intro H. unfold in_cell. rewrite bumps_inside by exact H. pose proof inv_half.
  replace (_ - _) with (1/2) by ring. apply step_one; lra.
Qed.
Theorem decision_false q c c' : inside q c -> separate c c' -> in_cell q c' = 0.
Proof.
  intros H (k & K & E & D & S). destruct (Forall2_at _ _ _ _ H K) as [Kq P]. pose proof inv_half.
  unfold in_cell. apply step_zero; [lra|].
  assert (B : bumps (low c') (width c') q <= INR (length q) - 1).
  { apply (bumps_outside k); [exact D|lia|exact Kq|]. destruct S; [left|right]; lra. }
  lra.
Qed.
Lemma counter_one a : 2 <= a -> step mu (a - th) = 1.
Proof. intro H. pose proof inv_half. apply step_one; lra. Qed.

(** ** The program *)
Theorem listing1_exact c0 y0 q pre c post : inside q c ->
  Forall (separate c) pre -> Forall (separate c) post ->
  (forall c', In c' (pre ++ c :: post) -> sel 1 (value c') 0 = value c' /\ sel 0 (value c') 0 = 0) ->
  (forall x, sel x y0 0 = 0) \/ (th = 3/2 /\ sel 0 y0 0 = 0) ->
  listing1 c0 y0 q (pre ++ c :: post) = value c.
Proof.
  intros I P Q V Y. unfold listing1.
  assert (Z : sel (f_and mu (step mu (1 - th)) c0) y0 0 = 0).
  { destruct Y as [Y|[-> Y]]; [apply Y|]. rewrite (step_zero mu (1 - 3/2)) by (pose proof mu_pos; lra).
    unfold f_and. rewrite step_00. replace (relu _) with 0; [exact Y|].
    assert (H := step_range mu mu_pos c0). cases. }
  rewrite Z, Rplus_0_l. clear Z Y.
  assert (N : forall cells a, 2 <= a -> Forall (separate c) cells ->
    (forall c', In c' cells -> sel 0 (value c') 0 = 0) -> prompt a q cells = 0).
  { induction cells as [|c' r IH]; intros a A F W; cbn [prompt]; [reflexivity|]. inversion F; subst.
    unfold cond. rewrite (decision_false q c c'), f_and_0, (W c') by (auto; now left).
    rewrite IH; [ring|lra|assumption|]. intros. apply W. now right. }
  assert (G : forall cells a, 2 <= a -> Forall (separate c) cells -> (forall c', In c' (cells ++ c :: post) -> sel 1 (value c') 0 = value c' /\ sel 0 (value c') 0 = 0) ->
    prompt a q (cells ++ c :: post) = value c).
  { induction cells as [|c' r IH]; intros a A F W; cbn [prompt app].
    - unfold cond. rewrite decision_true, counter_one, f_and_1 by assumption.
      rewrite (proj1 (W c (or_introl eq_refl))), N; [ring|lra|assumption|]. intros c' H. apply W. now right.
    - inversion F; subst. unfold cond. rewrite (decision_false q c c'), f_and_0 by assumption.
      rewrite (proj2 (W c' (or_introl eq_refl))). rewrite IH; [ring|lra|assumption|]. intros. apply W. now right. }
  apply G; [lra|exact P|exact V].
Qed.
(** App. B's sup bound is false: at q = 0 (grid on [0,1]) the output is 0 whatever the values are *)
Theorem listing1_zero_at_zero cells a : 2 <= a -> (forall c, In c cells -> (exists x, low c = [x] /\ 0 <= x) /\ 0 <= width c /\ sel 0 (value c) 0 = 0) ->
  prompt a [0] cells = 0.
Proof.
  revert a. induction cells as [|c r IH]; intros a A H; cbn [prompt]; [reflexivity|].
  destruct (H c (or_introl eq_refl)) as ((x & E & X) & D & S).
  assert (Z : in_cell [0] c = 0).
  { unfold in_cell. rewrite E. cbn [bumps length INR]. apply step_zero; [lra|]. rewrite bump_out by (auto; left; lra). lra. }
  unfold cond. rewrite Z, f_and_0, S, IH; [ring|lra|]. intros. apply H. now right.
Qed.
(** and so it is just right of the edge between the cells [0,1/2] and [1/2,1]: q = 1/2 + 1/(2 mu) *)
Theorem listing1_zero_at_edge y1 y2 : sel 0 y1 0 = 0 -> sel 0 y2 0 = 0 ->
  prompt 2 [1/2 + 1/mu/2] [ {| low := [0]; width := 1/2; value := y1 |}; {| low := [1/2]; width := 1/2; value := y2 |} ] = 0.
Proof.
  intros S1 S2. cbn [prompt value]. pose proof inv_half as I. pose proof mu_pos as M.
  assert (R1 : step mu (1/mu/2) = 1/2).
  { rewrite step_clamp by exact M. replace (mu * (1/mu/2)) with (1/2) by (field; lra). cases. }
  assert (Z : forall l y, l = 0 \/ l = 1/2 -> in_cell [1/2 + 1/mu/2] {| low := [l]; width := 1/2; value := y |} = 0).
  { intros l y H. unfold in_cell. cbn [bumps low width length INR]. unfold bump. apply step_zero; [exact M|].
    destruct H as [-> | ->].
    - rewrite (step_one mu (1/2 + 1/mu/2 - 0)) by lra. replace (1/2 + 1/mu/2 - (0 + 1/2)) with (1/mu/2) by ring. lra.
    - replace (1/2 + 1/mu/2 - 1/2) with (1/mu/2) by ring. rewrite (step_zero mu (1/2 + 1/mu/2 - (1/2 + 1/2))) by lra. lra. }
  unfold cond. rewrite !Z, !f_and_0, S1, S2 by auto. ring.
Qed.
End Listing1.

(** ** With each f_ifelse, as printed (th = 1/2, the query token ends in zeros) *)
Theorem listing1_direct mu lam c0 q pre c post : 2 <= mu -> inside mu q c ->
  Forall (separate c) pre -> Forall (separate c) post -> (forall c', In c' (pre ++ c :: post) -> Rabs (value c') <= lam) ->
  listing1 mu (1/2) (direct lam) c0 0 q (pre ++ c :: post) = value c.
Proof.
  intros M I P Q V. assert (L : 0 <= lam) by (eapply Rle_trans; [apply (Rabs_pos (value c))|apply V, in_elt]).
  apply listing1_exact; auto; [lra| |].
  - intros c' H. split; [apply direct_true|apply direct_false]; auto. rewrite Rabs_R0. exact L.
  - left. intro x. rewrite direct_soft. unfold soft. replace (0 - lam * x) with (- 0 - lam * x) by ring.
    replace (0 - lam * (1 - x)) with (- 0 - lam * (1 - x)) by ring. ring.
Qed.
Theorem listing1_mult mu c0 q pre c post : 2 <= mu -> inside mu q c ->
  Forall (separate c) pre -> Forall (separate c) post ->
  listing1 mu (1/2) mult c0 0 q (pre ++ c :: post) = value c.
Proof.
  intros M I P Q. apply listing1_exact; auto; [lra| |].
  - intros c' _. split; [apply mult_true|apply mult_false].
  - left. intro x. unfold mult. ring.
Qed.
