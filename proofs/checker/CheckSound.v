(** * What the checker accepts is true

    [check_sound]: if [check] accepts source, target and certificate, then both programs compute the
    same outputs, on every sequence of inputs of the right dimension above the assumed lower bounds,
    of every length, over every ordered ring; and both have a meaning without any default.

    Proof: the atom table has a valuation for every input and all previous values ([build_ok]), since
    each atom is defined by earlier ones. By FormsSound.v the symbolic step is then the real one. The
    invariant [Inv] says that the links hold; one step preserves it ([step_ok]); induction on the
    sequence does the rest. No axioms. *)
From Coq Require Import List QArith PArith FMapPositive Bool Lia Ring Arith.
Import ListNotations.
From LSRL Require Import Language WellFormed Forms FormsSound Checker.

Section Sound.
Variable F : oring.
Notation "0" := (k0 F). Notation "1" := (k1 F).
Add Ring KR3 : (k_ring F).

(** ** a valuation of the atom table exists *)
Section Val.
Variables (x : list F) (pS pT : list (list F)).
Fixpoint build (i : positive) (t : list def) (rho : positive -> F) : positive -> F :=
  match t with
  | [] => rho
  | d :: r => build (Pos.succ i) r
               (fun j => if Pos.eqb j i then evd F rho x pS pT d else rho j)
  end.
Lemma evf_ext rho rho' i f : scopedf i f = true ->
  (forall j, (j < i)%positive -> rho' j = rho j) -> evf F rho' f = evf F rho f.
Proof.
  intros S H. induction f as [|[j q] f IH]; simpl in *; [reflexivity|].
  apply andb_true_iff in S as [S1 S2]. apply Pos.ltb_lt in S1. rewrite H, IH by assumption. reflexivity.
Qed.
Lemma evd_ext rho rho' i d : scoped i d = true ->
  (forall j, (j < i)%positive -> rho' j = rho j) ->
  evd F rho' x pS pT d = evd F rho x pS pT d.
Proof.
  intros S H. destruct d; simpl in *; try reflexivity.
  - rewrite (evf_ext rho rho' i f); auto.
  - apply andb_true_iff in S as [S1 S2]. rewrite (evf_ext rho rho' i f), (evf_ext rho rho' i g); auto.
Qed.
Lemma scopedf_mono i j f : scopedf i f = true -> (i <= j)%positive -> scopedf j f = true.
Proof.
  unfold scopedf. rewrite !forallb_forall. intros H L p Hp. specialize (H p Hp).
  apply Pos.ltb_lt in H. apply Pos.ltb_lt. lia.
Qed.
Lemma scoped_mono i j d : scoped i d = true -> (i <= j)%positive -> scoped j d = true.
Proof.
  destruct d; simpl; auto; intros.
  - eapply scopedf_mono; eauto.
  - apply andb_true_iff in H as [? ?]. rewrite !(scopedf_mono i j); auto.
Qed.
Lemma build_ok t : forall i rho m,
  wf_table i t = true ->
  (forall j d, PositiveMap.find j m = Some d ->
     (j < i)%positive /\ scoped j d = true /\ rho j = evd F rho x pS pT d) ->
  forall j d, PositiveMap.find j (mkmap i t m) = Some d ->
     build i t rho j = evd F (build i t rho) x pS pT d.
Proof.
  induction t as [|d0 t IH]; simpl; intros i rho m W I j d Hf.
  - apply I, Hf.
  - apply andb_true_iff in W as [W1 W2]. eapply IH; [exact W2| |exact Hf].
    assert (A : forall j, (j < i)%positive ->
       (if Pos.eqb j i then evd F rho x pS pT d0 else rho j) = rho j).
    { intros l Hl. destruct (Pos.eqb_spec l i); [lia|reflexivity]. }
    intros l d' G. destruct (Pos.eq_dec l i) as [->|N].
    + rewrite PositiveMap.gss in G. injection G as <-. split; [lia|]. split; [exact W1|].
      rewrite Pos.eqb_refl. symmetry. apply evd_ext with i; auto.
    + rewrite PositiveMap.gso in G by assumption. destruct (I _ _ G) as (L & Sc & E).
      split; [lia|]. split; [exact Sc|].
      destruct (Pos.eqb_spec l i); [contradiction|]. rewrite E. symmetry.
      apply evd_ext with i; auto. eapply scoped_mono; [exact Sc|lia].
Qed.
End Val.

(** ** shapes of states *)
Definition shape (ini : list (list Q)) (prev : list (list F)) : Prop :=
  forall k, nth k ini [] <> [] -> length (nth k prev []) = length (nth k ini []).
Lemma shape_init p : shape (inits p) (init F p).
Proof.
  intros k _. unfold init. change (@nil F) with (map (inj F) []). rewrite map_nth. apply map_length.
Qed.
Lemma dims_ok_shape rho ini : forall e, dims_ok ini e = true -> shape ini (map (map (evf F rho)) e).
Proof.
  induction ini as [|v ini IH]; simpl; intros e H k N.
  - destruct k; contradiction.
  - apply andb_true_iff in H as [H1 H2]. destruct k as [|k].
    + change (@nil F) with (map (evf F rho) []). rewrite map_nth, map_length.
      apply orb_true_iff in H1 as [H1|H1]; apply Nat.eqb_eq in H1.
      * destruct v; [contradiction|discriminate].
      * destruct e; symmetry; exact H1.
    + specialize (IH _ H2 k N). destruct e; simpl in *; [|exact IH]. destruct k; exact IH.
Qed.
Lemma nth_skipn_gen {A} (d : A) k : forall l i, nth i (skipn k l) d = nth (k + i) l d.
Proof. induction k; intros [|a l] i; simpl; auto. destruct i; reflexivity. Qed.
Lemma nth_skipn0 {A} (d : A) k l : nth 0 (skipn k l) d = nth k l d.
Proof. rewrite nth_skipn_gen. f_equal. lia. Qed.
Lemma nth_skipn_S {A} (d : A) k l i : nth (S i) (skipn k l) d = nth i (skipn (S k) l) d.
Proof. rewrite !nth_skipn_gen. f_equal. lia. Qed.
Lemma map_nth_seq (v : list F) : map (fun j => nth j v 0) (seq 0 (length v)) = v.
Proof.
  induction v as [|a v IH]; simpl; [reflexivity|]. f_equal.
  rewrite <- seq_shift, map_map. exact IH.
Qed.

Section Step.
Variables (get : positive -> option def) (fnd : def -> option positive) (lbs : list (option Q)).
Variables (n : nat) (src tgt : prog) (c : cert).
Definition cmap (P : list (list F)) : list F :=
  nth (out (cpl c)) (exec F (nodes (cpl c)) (rd 0 (inp c) P) [] []) [].
Definition Inv (P Q : list (list F)) : Prop :=
  forall k j i, nth j (nth k (links c) []) None = Some i ->
    nth j (nth k Q []) 0 = nth i (cmap P) 0.

Lemma chk_row_ok rho l : forall v C, chk_row l v C = true ->
  forall j i, nth j l None = Some i -> evf F rho (nth j v []) = evf F rho (nth i C []).
Proof.
  induction l as [|o l IH]; simpl; intros v C H j i E.
  - destruct j; discriminate.
  - apply andb_true_iff in H as [H1 H2]. destruct j as [|j].
    + subst o. apply (feqb_ok F rho) in H1. destruct v; exact H1.
    + specialize (IH _ _ H2 j i E). destruct v; simpl in *; auto. destruct j; auto.
Qed.
Lemma chk_links_ok rho lks : forall E C, chk_links lks E C = true ->
  forall k j i, nth j (nth k lks []) None = Some i ->
   evf F rho (nth j (nth k E []) []) = evf F rho (nth i C []).
Proof.
  induction lks as [|l lks IH]; simpl; intros E C H k j i N.
  - destruct k, j; discriminate.
  - apply andb_true_iff in H as [H1 H2]. destruct k as [|k].
    + pose proof (chk_row_ok rho _ _ _ H1 j i N) as R. destruct E; exact R.
    + specialize (IH _ _ H2 k j i N). destruct E; simpl in *; auto. destruct k; auto.
Qed.
Lemma feqv_ok rho u : forall v, feqv u v = true -> map (evf F rho) u = map (evf F rho) v.
Proof.
  induction u as [|a u IH]; intros [|b v]; simpl; intro H; try discriminate; auto.
  apply andb_true_iff in H as [H1 H2]. f_equal; auto. apply feqb_ok, H1.
Qed.

Section OneStep.
Variables (x : list F) (pS pT : list (list F)) (rho : positive -> F).
Hypothesis Hget : forall i d, get i = Some d -> rho i = evd F rho x pS pT d.
Hypothesis Hone : rho 1%positive = 1.
Hypothesis Hlb : forall j l, nth j lbs None = Some l -> knn F (ksub F (nth j x 0) (inj F l)).
Let ev := evf F rho.

Lemma sprev_ok ini : forall k ps, sprev get fnd k ini = Some ps ->
  shape ini (skipn k pS) -> prevok F rho (skipn k pS) ps.
Proof.
  induction ini as [|v0 r IH]; intros k ps; cbn [sprev].
  - intros [= <-] _ j. destruct j; contradiction.
  - intros H Sh.
    destruct (mapo _ _) as [v|] eqn:V; [|discriminate].
    destruct (sprev get fnd (S k) r) as [t|] eqn:T; [|discriminate]. injection H as <-.
    intros [|j] N.
    + simpl nth at 2. specialize (Sh O). simpl (nth 0 (v0 :: r) []) in Sh. rewrite nth_skipn0 in *.
      pose proof (mapo_ok F _ (fun j => nth j (nth k pS []) 0) ev
        (fun j f => atom_ok F rho get fnd x pS pT Hget (DSt k j) f) _ _ V) as M.
      unfold ev in M. rewrite M. destruct v0 as [|q v0]; [simpl in V; injection V as <-; contradiction|].
      rewrite <- Sh by discriminate. symmetry. apply map_nth_seq.
    + rewrite nth_skipn_S. simpl nth at 2. simpl in N. apply (IH _ _ T); [|exact N].
      intros i Ni. rewrite <- nth_skipn_S. apply (Sh (S i)). exact Ni.
Qed.
Lemma tprev_ok C ini : forall k pt, tprev get fnd k ini (links c) C = Some pt ->
  map ev C = cmap pS -> Inv pS pT ->
  shape ini (skipn k pT) -> prevok F rho (skipn k pT) pt.
Proof.
  induction ini as [|v0 r IH]; intros k pt; cbn [tprev].
  - intros [= <-] _ _ _ j. destruct j; contradiction.
  - intros H HC HI Sh. cbv zeta in H.
    destruct (mapo _ _) as [v|] eqn:V; [|discriminate].
    destruct (tprev get fnd (S k) r (links c) C) as [t|] eqn:T; [|discriminate]. injection H as <-.
    intros [|j] N.
    + simpl nth at 2. specialize (Sh O). simpl (nth 0 (v0 :: r) []) in Sh. rewrite nth_skipn0 in *.
      assert (P : forall j f, match nth j (nth k (links c) []) None with
                          | Some i0 => Some (nth i0 C [])
                          | None => atom get fnd (DTg k j) end = Some f ->
              ev f = nth j (nth k pT []) 0).
      { intros j f. destruct (nth j (nth k (links c) []) None) as [i0|] eqn:L.
        - intros [= <-]. rewrite (HI _ _ _ L), <- HC. unfold ev. symmetry. apply nth_ev.
        - intro A. apply (atom_ok F rho get fnd x pS pT Hget (DTg k j) f A). }
      pose proof (mapo_ok F _ _ ev P _ _ V) as M. unfold ev in M. rewrite M.
      destruct v0 as [|q v0]; [simpl in V; injection V as <-; contradiction|].
      rewrite <- Sh by discriminate. symmetry. apply map_nth_seq.
    + rewrite nth_skipn_S. simpl nth at 2. simpl in N. apply (IH _ _ T HC HI); [|exact N].
      intros i Ni. rewrite <- nth_skipn_S. apply (Sh (S i)). exact Ni.
Qed.
Lemma rd_ok E l : map ev (rd [] l E) = rd 0 l (map (map ev) E).
Proof.
  unfold rd. rewrite map_map. apply map_ext. intros [k j]. simpl.
  unfold ev. rewrite nth_env, nth_ev. reflexivity.
Qed.
Lemma prevok_nil : prevok F rho [] [].
Proof. intros [|k] N; contradiction. Qed.
Lemma cpl_ok ci cc P : sexec get fnd lbs (nodes (cpl c)) ci [] [] = Some cc ->
  map ev ci = rd 0 (inp c) P -> map ev (nth (out (cpl c)) cc []) = cmap P.
Proof.
  intros E H. unfold cmap. rewrite <- H. unfold ev.
  pose proof (sexec_ok F rho get fnd lbs x pS pT Hget Hone Hlb _ _ [] [] [] _ E prevok_nil) as X.
  simpl map in X at 2. rewrite X. symmetry. apply nth_env.
Qed.
Lemma sinit_ok p : map (map ev) (sinit p) = init F p.
Proof.
  unfold sinit, init. rewrite map_map. apply map_ext. intro v.
  rewrite map_map. apply map_ext. intro r. apply evf_const, Hone.
Qed.

Hypothesis Hchk : check_core get fnd lbs n src tgt c = true.
Hypothesis Hlen : length x = n.
Let es := exec F (nodes src) x pS [].
Let et := exec F (nodes tgt) x pT [].

Lemma step_ok :
  (shape (inits src) pS -> shape (inits tgt) pT -> Inv pS pT ->
   nth (out src) es [] = nth (out tgt) et [] /\ Inv es et /\ shape (inits src) es /\ shape (inits tgt) et)
  /\ Inv (init F src) (init F tgt).
Proof.
  unfold check_core in Hchk. apply andb_true_iff in Hchk as [_ H].
  destruct (mapo _ (seq 0 n)) as [sx|] eqn:SX; [|discriminate].
  destruct (sprev _ _ _ _) as [ps|] eqn:PS; [|discriminate].
  destruct (mapo _ (inp c)) as [ci|] eqn:CI; [|discriminate].
  destruct (sexec _ _ _ (nodes src) _ _ _) as [ses|] eqn:ES; [|discriminate].
  destruct (sexec _ _ _ (nodes (cpl c)) ci _ _) as [cc|] eqn:CC; [|discriminate].
  destruct (tprev _ _ _ _ _ _) as [pt|] eqn:PT; [|discriminate].
  destruct (sexec _ _ _ (nodes tgt) _ _ _) as [set_|] eqn:ET; [|discriminate].
  destruct (sexec _ _ _ _ (rd [] (inp c) ses) _ _) as [cc1|] eqn:C1; [|discriminate].
  destruct (sexec _ _ _ _ (rd [] (inp c) (sinit src)) _ _) as [cc0|] eqn:C0; [|discriminate].
  apply andb_true_iff in H as [H H0]. apply andb_true_iff in H as [HO H1].
  apply andb_true_iff in HO as [HD HO]. apply andb_true_iff in HD as [HD1 HD2].
  assert (Hx : map ev sx = x).
  { pose proof (mapo_ok F _ (fun j => nth j x 0) ev
      (fun j f => atom_ok F rho get fnd x pS pT Hget (DIn j) f) _ _ SX) as M.
    rewrite M. rewrite <- Hlen. apply map_nth_seq. }
  split.
  - intros Sh1 Sh2 HI.
    pose proof (sexec_ok F rho get fnd lbs x pS pT Hget Hone Hlb _ _ _ _ _ _ ES (sprev_ok _ 0 _ PS Sh1)) as XS.
    assert (HC : map ev (nth (out (cpl c)) cc []) = cmap pS).
    { eapply cpl_ok; [exact CC|].
      exact (mapo_ok F _ (fun kj => nth (snd kj) (nth (fst kj) pS []) 0) ev
         (fun kj f => atom_ok F rho get fnd x pS pT Hget (DSt (fst kj) (snd kj)) f) _ _ CI). }
    pose proof (sexec_ok F rho get fnd lbs x pS pT Hget Hone Hlb _ _ _ _ _ _ ET
       (tprev_ok _ _ 0 _ PT HC HI Sh2)) as XT.
    fold ev in XS, XT. rewrite Hx in XS, XT. simpl map in XS at 1; simpl map in XT at 1.
    change (skipn 0 pS) with pS in XS. change (skipn 0 pT) with pT in XT.
    fold es in XS. fold et in XT. split.
    + rewrite XS, XT. unfold ev. rewrite !nth_env. apply feqv_ok, HO.
    + split; [|split; [rewrite XS|rewrite XT]; apply dims_ok_shape; assumption].
      intros k j i L. pose proof (chk_links_ok rho _ _ _ H1 k j i L) as R.
      rewrite XT. unfold ev. rewrite nth_env, nth_ev, R.
      rewrite <- (cpl_ok _ _ es C1); [unfold ev; symmetry; apply nth_ev|].
      rewrite XS. apply rd_ok.
  - intros k j i L. pose proof (chk_links_ok rho _ _ _ H0 k j i L) as R.
    rewrite <- (sinit_ok tgt). unfold ev. rewrite nth_env, nth_ev, R.
    rewrite <- (cpl_ok _ _ (init F src) C0); [unfold ev; symmetry; apply nth_ev|].
    rewrite <- (sinit_ok src). apply rd_ok.
Qed.
End OneStep.
End Step.

Definition good_input (lbs : list (option Q)) (n : nat) (x : list F) : Prop :=
  length x = n /\ forall j l, nth j lbs None = Some l -> knn F (ksub F (nth j x 0) (inj F l)).

(** Equal meanings, as total functions. *)
Lemma check_sound_sem fnd lbs n src tgt c :
  check fnd lbs n src tgt c = true ->
  forall xs, Forall (good_input lbs n) xs -> sem F src xs = sem F tgt xs.
Proof.
  unfold check. intro H. apply andb_true_iff in H as [W H]. cbv zeta in H.
  apply andb_true_iff in W as [_ W].
  set (m := mkmap 1 (table c) (PositiveMap.empty def)) in *.
  set (get := fun i : positive => PositiveMap.find i m).
  change (check_core get fnd lbs n src tgt c = true) in H.
  assert (V : forall x pS pT, exists rho,
     (forall i d, get i = Some d -> rho i = evd F rho x pS pT d) /\ rho 1%positive = 1).
  { intros x pS pT. set (rho := build x pS pT 1 (table c) (fun _ => 0)). exists rho.
    assert (G : forall i d, get i = Some d -> rho i = evd F rho x pS pT d).
    { intros i d Hd. apply (build_ok x pS pT _ _ _ (PositiveMap.empty def) W); auto.
      intros j d0 E. rewrite PositiveMap.gempty in E. discriminate. }
    split; [exact G|]. pose proof H as H'. unfold check_core in H'.
    apply andb_true_iff in H' as [O _].
    destruct (get xH) as [d|] eqn:G1; [|discriminate O]. destruct d; try discriminate O.
    rewrite (G _ _ G1). reflexivity. }
  assert (R : forall xs pS pT, Forall (good_input lbs n) xs ->
     shape (inits src) pS -> shape (inits tgt) pT -> Inv c pS pT ->
     run F src pS xs = run F tgt pT xs).
  { induction xs as [|x xs IH]; intros pS pT L S1 S2 I; simpl; [reflexivity|].
    inversion L as [|? ? [L1 Lb] L2]; subst.
    destruct (V x pS pT) as (rho & G & O).
    destruct (step_ok get fnd lbs _ src tgt c x pS pT rho G O Lb H eq_refl) as [St _].
    destruct (St S1 S2 I) as (Eo & Ei & Sh1 & Sh2). rewrite Eo. f_equal. apply IH; auto. }
  intros xs L. unfold sem. destruct xs as [|x xs]; [reflexivity|].
  apply R; auto using shape_init. inversion L as [|? ? [L1 Lb] L2]; subst.
  destruct (V x [] []) as (rho & G & O).
  eapply (step_ok get fnd lbs _ src tgt c x [] [] rho G O Lb H eq_refl).
Qed.

(** Both programs have a meaning without defaults, and it is the same. *)
Theorem check_sound fnd lbs n src tgt c :
  check fnd lbs n src tgt c = true ->
  forall xs, Forall (good_input lbs n) xs ->
  strict F src xs = Some (sem F src xs) /\ strict F tgt xs = Some (sem F src xs).
Proof.
  intros H xs G.
  assert (L : Forall (fun x => length x = n) xs) by (eapply Forall_impl; [|exact G]; now intros ? []).
  assert (W : wf n src = true /\ wf n tgt = true).
  { unfold check, wf_cert in H. rewrite !andb_true_iff in H. tauto. }
  split; [apply wf_strict with n; tauto|].
  rewrite (check_sound_sem _ _ _ _ _ _ H xs G). apply wf_strict with n; tauto.
Qed.
End Sound.
