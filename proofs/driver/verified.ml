
(** val negb : bool -> bool **)

let negb = function
| true -> false
| false -> true

(** val option_map : ('a1 -> 'a2) -> 'a1 option -> 'a2 option **)

let option_map f = function
| Some a -> Some (f a)
| None -> None

(** val fst : ('a1 * 'a2) -> 'a1 **)

let fst = function
| (x, _) -> x

(** val snd : ('a1 * 'a2) -> 'a2 **)

let snd = function
| (_, y) -> y

(** val length : 'a1 list -> int **)

let rec length = function
| [] -> 0
| _ :: l' -> Stdlib.Int.succ (length l')

(** val app : 'a1 list -> 'a1 list -> 'a1 list **)

let rec app l m =
  match l with
  | [] -> m
  | a :: l1 -> a :: (app l1 m)

type comparison =
| Eq
| Lt
| Gt

module Coq__1 = struct
 (** val add : int -> int -> int **)let rec add = (+)
end
include Coq__1

(** val mul : int -> int -> int **)

let rec mul = ( * )

module Nat =
 struct
  (** val ltb : int -> int -> bool **)

  let ltb n m =
    (<=) (Stdlib.Int.succ n) m

  (** val even : int -> bool **)

  let rec even n =
    (fun fO fS n -> if n=0 then fO () else fS (n-1))
      (fun _ -> true)
      (fun n0 ->
      (fun fO fS n -> if n=0 then fO () else fS (n-1))
        (fun _ -> false)
        (fun n' -> even n')
        n0)
      n

  (** val div2 : int -> int **)

  let rec div2 = fun n -> n/2
 end

module Pos =
 struct
  type mask =
  | IsNul
  | IsPos of Big_int_Z.big_int
  | IsNeg
 end

module Coq_Pos =
 struct
  (** val succ : Big_int_Z.big_int -> Big_int_Z.big_int **)

  let rec succ = Big_int_Z.succ_big_int

  (** val add :
      Big_int_Z.big_int -> Big_int_Z.big_int -> Big_int_Z.big_int **)

  let rec add = Big_int_Z.add_big_int

  (** val add_carry :
      Big_int_Z.big_int -> Big_int_Z.big_int -> Big_int_Z.big_int **)

  and add_carry x y =
    (fun f2p1 f2p f1 p ->
  if Big_int_Z.le_big_int p Big_int_Z.unit_big_int then f1 () else
  let (q,r) = Big_int_Z.quomod_big_int p (Big_int_Z.big_int_of_int 2) in
  if Big_int_Z.eq_big_int r Big_int_Z.zero_big_int then f2p q else f2p1 q)
      (fun p ->
      (fun f2p1 f2p f1 p ->
  if Big_int_Z.le_big_int p Big_int_Z.unit_big_int then f1 () else
  let (q,r) = Big_int_Z.quomod_big_int p (Big_int_Z.big_int_of_int 2) in
  if Big_int_Z.eq_big_int r Big_int_Z.zero_big_int then f2p q else f2p1 q)
        (fun q0 ->
        (fun x -> Big_int_Z.succ_big_int (Big_int_Z.mult_int_big_int 2 x))
        (add_carry p q0))
        (fun q0 -> Big_int_Z.mult_int_big_int 2 (add_carry p q0))
        (fun _ ->
        (fun x -> Big_int_Z.succ_big_int (Big_int_Z.mult_int_big_int 2 x))
        (succ p))
        y)
      (fun p ->
      (fun f2p1 f2p f1 p ->
  if Big_int_Z.le_big_int p Big_int_Z.unit_big_int then f1 () else
  let (q,r) = Big_int_Z.quomod_big_int p (Big_int_Z.big_int_of_int 2) in
  if Big_int_Z.eq_big_int r Big_int_Z.zero_big_int then f2p q else f2p1 q)
        (fun q0 -> Big_int_Z.mult_int_big_int 2 (add_carry p q0))
        (fun q0 ->
        (fun x -> Big_int_Z.succ_big_int (Big_int_Z.mult_int_big_int 2 x))
        (add p q0))
        (fun _ -> Big_int_Z.mult_int_big_int 2 (succ p))
        y)
      (fun _ ->
      (fun f2p1 f2p f1 p ->
  if Big_int_Z.le_big_int p Big_int_Z.unit_big_int then f1 () else
  let (q,r) = Big_int_Z.quomod_big_int p (Big_int_Z.big_int_of_int 2) in
  if Big_int_Z.eq_big_int r Big_int_Z.zero_big_int then f2p q else f2p1 q)
        (fun q0 ->
        (fun x -> Big_int_Z.succ_big_int (Big_int_Z.mult_int_big_int 2 x))
        (succ q0))
        (fun q0 -> Big_int_Z.mult_int_big_int 2 (succ q0))
        (fun _ ->
        (fun x -> Big_int_Z.succ_big_int (Big_int_Z.mult_int_big_int 2 x))
        Big_int_Z.unit_big_int)
        y)
      x

  (** val pred_double : Big_int_Z.big_int -> Big_int_Z.big_int **)

  let rec pred_double x =
    (fun f2p1 f2p f1 p ->
  if Big_int_Z.le_big_int p Big_int_Z.unit_big_int then f1 () else
  let (q,r) = Big_int_Z.quomod_big_int p (Big_int_Z.big_int_of_int 2) in
  if Big_int_Z.eq_big_int r Big_int_Z.zero_big_int then f2p q else f2p1 q)
      (fun p ->
      (fun x -> Big_int_Z.succ_big_int (Big_int_Z.mult_int_big_int 2 x))
      (Big_int_Z.mult_int_big_int 2 p))
      (fun p ->
      (fun x -> Big_int_Z.succ_big_int (Big_int_Z.mult_int_big_int 2 x))
      (pred_double p))
      (fun _ -> Big_int_Z.unit_big_int)
      x

  type mask = Pos.mask =
  | IsNul
  | IsPos of Big_int_Z.big_int
  | IsNeg

  (** val succ_double_mask : mask -> mask **)

  let succ_double_mask = function
  | IsNul -> IsPos Big_int_Z.unit_big_int
  | IsPos p ->
    IsPos ((fun x -> Big_int_Z.succ_big_int (Big_int_Z.mult_int_big_int 2 x))
      p)
  | IsNeg -> IsNeg

  (** val double_mask : mask -> mask **)

  let double_mask = function
  | IsPos p -> IsPos (Big_int_Z.mult_int_big_int 2 p)
  | x0 -> x0

  (** val double_pred_mask : Big_int_Z.big_int -> mask **)

  let double_pred_mask x =
    (fun f2p1 f2p f1 p ->
  if Big_int_Z.le_big_int p Big_int_Z.unit_big_int then f1 () else
  let (q,r) = Big_int_Z.quomod_big_int p (Big_int_Z.big_int_of_int 2) in
  if Big_int_Z.eq_big_int r Big_int_Z.zero_big_int then f2p q else f2p1 q)
      (fun p -> IsPos (Big_int_Z.mult_int_big_int 2
      (Big_int_Z.mult_int_big_int 2 p)))
      (fun p -> IsPos (Big_int_Z.mult_int_big_int 2
      (pred_double p)))
      (fun _ -> IsNul)
      x

  (** val sub_mask : Big_int_Z.big_int -> Big_int_Z.big_int -> mask **)

  let rec sub_mask x y =
    (fun f2p1 f2p f1 p ->
  if Big_int_Z.le_big_int p Big_int_Z.unit_big_int then f1 () else
  let (q,r) = Big_int_Z.quomod_big_int p (Big_int_Z.big_int_of_int 2) in
  if Big_int_Z.eq_big_int r Big_int_Z.zero_big_int then f2p q else f2p1 q)
      (fun p ->
      (fun f2p1 f2p f1 p ->
  if Big_int_Z.le_big_int p Big_int_Z.unit_big_int then f1 () else
  let (q,r) = Big_int_Z.quomod_big_int p (Big_int_Z.big_int_of_int 2) in
  if Big_int_Z.eq_big_int r Big_int_Z.zero_big_int then f2p q else f2p1 q)
        (fun q0 -> double_mask (sub_mask p q0))
        (fun q0 -> succ_double_mask (sub_mask p q0))
        (fun _ -> IsPos (Big_int_Z.mult_int_big_int 2 p))
        y)
      (fun p ->
      (fun f2p1 f2p f1 p ->
  if Big_int_Z.le_big_int p Big_int_Z.unit_big_int then f1 () else
  let (q,r) = Big_int_Z.quomod_big_int p (Big_int_Z.big_int_of_int 2) in
  if Big_int_Z.eq_big_int r Big_int_Z.zero_big_int then f2p q else f2p1 q)
        (fun q0 -> succ_double_mask (sub_mask_carry p q0))
        (fun q0 -> double_mask (sub_mask p q0))
        (fun _ -> IsPos (pred_double p))
        y)
      (fun _ ->
      (fun f2p1 f2p f1 p ->
  if Big_int_Z.le_big_int p Big_int_Z.unit_big_int then f1 () else
  let (q,r) = Big_int_Z.quomod_big_int p (Big_int_Z.big_int_of_int 2) in
  if Big_int_Z.eq_big_int r Big_int_Z.zero_big_int then f2p q else f2p1 q)
        (fun _ -> IsNeg)
        (fun _ -> IsNeg)
        (fun _ -> IsNul)
        y)
      x

  (** val sub_mask_carry : Big_int_Z.big_int -> Big_int_Z.big_int -> mask **)

  and sub_mask_carry x y =
    (fun f2p1 f2p f1 p ->
  if Big_int_Z.le_big_int p Big_int_Z.unit_big_int then f1 () else
  let (q,r) = Big_int_Z.quomod_big_int p (Big_int_Z.big_int_of_int 2) in
  if Big_int_Z.eq_big_int r Big_int_Z.zero_big_int then f2p q else f2p1 q)
      (fun p ->
      (fun f2p1 f2p f1 p ->
  if Big_int_Z.le_big_int p Big_int_Z.unit_big_int then f1 () else
  let (q,r) = Big_int_Z.quomod_big_int p (Big_int_Z.big_int_of_int 2) in
  if Big_int_Z.eq_big_int r Big_int_Z.zero_big_int then f2p q else f2p1 q)
        (fun q0 -> succ_double_mask (sub_mask_carry p q0))
        (fun q0 -> double_mask (sub_mask p q0))
        (fun _ -> IsPos (pred_double p))
        y)
      (fun p ->
      (fun f2p1 f2p f1 p ->
  if Big_int_Z.le_big_int p Big_int_Z.unit_big_int then f1 () else
  let (q,r) = Big_int_Z.quomod_big_int p (Big_int_Z.big_int_of_int 2) in
  if Big_int_Z.eq_big_int r Big_int_Z.zero_big_int then f2p q else f2p1 q)
        (fun q0 -> double_mask (sub_mask_carry p q0))
        (fun q0 -> succ_double_mask (sub_mask_carry p q0))
        (fun _ -> double_pred_mask p)
        y)
      (fun _ -> IsNeg)
      x

  (** val sub :
      Big_int_Z.big_int -> Big_int_Z.big_int -> Big_int_Z.big_int **)

  let sub = (fun n m -> Big_int_Z.max_big_int
  Big_int_Z.unit_big_int (Big_int_Z.sub_big_int n m))

  (** val mul :
      Big_int_Z.big_int -> Big_int_Z.big_int -> Big_int_Z.big_int **)

  let rec mul = Big_int_Z.mult_big_int

  (** val size_nat : Big_int_Z.big_int -> int **)

  let rec size_nat p =
    (fun f2p1 f2p f1 p ->
  if Big_int_Z.le_big_int p Big_int_Z.unit_big_int then f1 () else
  let (q,r) = Big_int_Z.quomod_big_int p (Big_int_Z.big_int_of_int 2) in
  if Big_int_Z.eq_big_int r Big_int_Z.zero_big_int then f2p q else f2p1 q)
      (fun p0 -> Stdlib.Int.succ (size_nat p0))
      (fun p0 -> Stdlib.Int.succ (size_nat p0))
      (fun _ -> Stdlib.Int.succ 0)
      p

  (** val compare_cont :
      comparison -> Big_int_Z.big_int -> Big_int_Z.big_int -> comparison **)

  let rec compare_cont = (fun c x y -> let s = Big_int_Z.compare_big_int x y in
  if s = 0 then c else if s < 0 then Lt else Gt)

  (** val compare : Big_int_Z.big_int -> Big_int_Z.big_int -> comparison **)

  let compare = (fun x y -> let s = Big_int_Z.compare_big_int x y in
  if s = 0 then Eq else if s < 0 then Lt else Gt)

  (** val leb : Big_int_Z.big_int -> Big_int_Z.big_int -> bool **)

  let leb x y =
    match compare x y with
    | Gt -> false
    | _ -> true

  (** val ltb : Big_int_Z.big_int -> Big_int_Z.big_int -> bool **)

  let ltb x y =
    match compare x y with
    | Lt -> true
    | _ -> false

  (** val ggcdn :
      int -> Big_int_Z.big_int -> Big_int_Z.big_int ->
      Big_int_Z.big_int * (Big_int_Z.big_int * Big_int_Z.big_int) **)

  let rec ggcdn n a b =
    (fun fO fS n -> if n=0 then fO () else fS (n-1))
      (fun _ -> (Big_int_Z.unit_big_int, (a, b)))
      (fun n0 ->
      (fun f2p1 f2p f1 p ->
  if Big_int_Z.le_big_int p Big_int_Z.unit_big_int then f1 () else
  let (q,r) = Big_int_Z.quomod_big_int p (Big_int_Z.big_int_of_int 2) in
  if Big_int_Z.eq_big_int r Big_int_Z.zero_big_int then f2p q else f2p1 q)
        (fun a' ->
        (fun f2p1 f2p f1 p ->
  if Big_int_Z.le_big_int p Big_int_Z.unit_big_int then f1 () else
  let (q,r) = Big_int_Z.quomod_big_int p (Big_int_Z.big_int_of_int 2) in
  if Big_int_Z.eq_big_int r Big_int_Z.zero_big_int then f2p q else f2p1 q)
          (fun b' ->
          match compare a' b' with
          | Eq -> (a, (Big_int_Z.unit_big_int, Big_int_Z.unit_big_int))
          | Lt ->
            let (g, p) = ggcdn n0 (sub b' a') a in
            let (ba, aa) = p in
            (g, (aa, (add aa (Big_int_Z.mult_int_big_int 2 ba))))
          | Gt ->
            let (g, p) = ggcdn n0 (sub a' b') b in
            let (ab, bb) = p in
            (g, ((add bb (Big_int_Z.mult_int_big_int 2 ab)), bb)))
          (fun b0 ->
          let (g, p) = ggcdn n0 a b0 in
          let (aa, bb) = p in (g, (aa, (Big_int_Z.mult_int_big_int 2 bb))))
          (fun _ -> (Big_int_Z.unit_big_int, (a, Big_int_Z.unit_big_int)))
          b)
        (fun a0 ->
        (fun f2p1 f2p f1 p ->
  if Big_int_Z.le_big_int p Big_int_Z.unit_big_int then f1 () else
  let (q,r) = Big_int_Z.quomod_big_int p (Big_int_Z.big_int_of_int 2) in
  if Big_int_Z.eq_big_int r Big_int_Z.zero_big_int then f2p q else f2p1 q)
          (fun _ ->
          let (g, p) = ggcdn n0 a0 b in
          let (aa, bb) = p in (g, ((Big_int_Z.mult_int_big_int 2 aa), bb)))
          (fun b0 ->
          let (g, p) = ggcdn n0 a0 b0 in ((Big_int_Z.mult_int_big_int 2 g), p))
          (fun _ -> (Big_int_Z.unit_big_int, (a, Big_int_Z.unit_big_int)))
          b)
        (fun _ -> (Big_int_Z.unit_big_int, (Big_int_Z.unit_big_int, b)))
        a)
      n

  (** val ggcd :
      Big_int_Z.big_int -> Big_int_Z.big_int ->
      Big_int_Z.big_int * (Big_int_Z.big_int * Big_int_Z.big_int) **)

  let ggcd a b =
    ggcdn (Coq__1.add (size_nat a) (size_nat b)) a b
 end

(** val hd : 'a1 -> 'a1 list -> 'a1 **)

let hd default = function
| [] -> default
| x :: _ -> x

(** val tl : 'a1 list -> 'a1 list **)

let tl = function
| [] -> []
| _ :: m -> m

(** val nth : int -> 'a1 list -> 'a1 -> 'a1 **)

let rec nth n l default =
  (fun fO fS n -> if n=0 then fO () else fS (n-1))
    (fun _ -> match l with
              | [] -> default
              | x :: _ -> x)
    (fun m -> match l with
              | [] -> default
              | _ :: t0 -> nth m t0 default)
    n

(** val nth_error : 'a1 list -> int -> 'a1 option **)

let rec nth_error l n =
  (fun fO fS n -> if n=0 then fO () else fS (n-1))
    (fun _ -> match l with
              | [] -> None
              | x :: _ -> Some x)
    (fun n0 -> match l with
               | [] -> None
               | _ :: l0 -> nth_error l0 n0)
    n

(** val concat : 'a1 list list -> 'a1 list **)

let rec concat = function
| [] -> []
| x :: l0 -> app x (concat l0)

(** val map : ('a1 -> 'a2) -> 'a1 list -> 'a2 list **)

let rec map f = function
| [] -> []
| a :: t0 -> (f a) :: (map f t0)

(** val fold_left : ('a1 -> 'a2 -> 'a1) -> 'a2 list -> 'a1 -> 'a1 **)

let rec fold_left f l a0 =
  match l with
  | [] -> a0
  | b :: t0 -> fold_left f t0 (f a0 b)

(** val fold_right : ('a2 -> 'a1 -> 'a1) -> 'a1 -> 'a2 list -> 'a1 **)

let rec fold_right f a0 = function
| [] -> a0
| b :: t0 -> f b (fold_right f a0 t0)

(** val forallb : ('a1 -> bool) -> 'a1 list -> bool **)

let rec forallb f = function
| [] -> true
| a :: l0 -> (&&) (f a) (forallb f l0)

(** val filter : ('a1 -> bool) -> 'a1 list -> 'a1 list **)

let rec filter f = function
| [] -> []
| x :: l0 -> if f x then x :: (filter f l0) else filter f l0

(** val firstn : int -> 'a1 list -> 'a1 list **)

let rec firstn n l =
  (fun fO fS n -> if n=0 then fO () else fS (n-1))
    (fun _ -> [])
    (fun n0 -> match l with
               | [] -> []
               | a :: l0 -> a :: (firstn n0 l0))
    n

(** val skipn : int -> 'a1 list -> 'a1 list **)

let rec skipn n l =
  (fun fO fS n -> if n=0 then fO () else fS (n-1))
    (fun _ -> l)
    (fun n0 -> match l with
               | [] -> []
               | _ :: l0 -> skipn n0 l0)
    n

(** val seq : int -> int -> int list **)

let rec seq start len =
  (fun fO fS n -> if n=0 then fO () else fS (n-1))
    (fun _ -> [])
    (fun len0 -> start :: (seq (Stdlib.Int.succ start) len0))
    len

(** val list_sum : int list -> int **)

let list_sum l =
  fold_right add 0 l

module Z =
 struct
  (** val double : Big_int_Z.big_int -> Big_int_Z.big_int **)

  let double x =
    (fun fO fp fn z -> let s = Big_int_Z.sign_big_int z in
  if s = 0 then fO () else if s > 0 then fp z
  else fn (Big_int_Z.minus_big_int z))
      (fun _ -> Big_int_Z.zero_big_int)
      (fun p -> (Big_int_Z.mult_int_big_int 2 p))
      (fun p -> Big_int_Z.minus_big_int (Big_int_Z.mult_int_big_int 2 p))
      x

  (** val succ_double : Big_int_Z.big_int -> Big_int_Z.big_int **)

  let succ_double x =
    (fun fO fp fn z -> let s = Big_int_Z.sign_big_int z in
  if s = 0 then fO () else if s > 0 then fp z
  else fn (Big_int_Z.minus_big_int z))
      (fun _ -> Big_int_Z.unit_big_int)
      (fun p ->
      ((fun x -> Big_int_Z.succ_big_int (Big_int_Z.mult_int_big_int 2 x))
      p))
      (fun p -> Big_int_Z.minus_big_int (Coq_Pos.pred_double p))
      x

  (** val pred_double : Big_int_Z.big_int -> Big_int_Z.big_int **)

  let pred_double x =
    (fun fO fp fn z -> let s = Big_int_Z.sign_big_int z in
  if s = 0 then fO () else if s > 0 then fp z
  else fn (Big_int_Z.minus_big_int z))
      (fun _ -> Big_int_Z.minus_big_int Big_int_Z.unit_big_int)
      (fun p -> (Coq_Pos.pred_double p))
      (fun p -> Big_int_Z.minus_big_int
      ((fun x -> Big_int_Z.succ_big_int (Big_int_Z.mult_int_big_int 2 x)) p))
      x

  (** val pos_sub :
      Big_int_Z.big_int -> Big_int_Z.big_int -> Big_int_Z.big_int **)

  let rec pos_sub x y =
    (fun f2p1 f2p f1 p ->
  if Big_int_Z.le_big_int p Big_int_Z.unit_big_int then f1 () else
  let (q,r) = Big_int_Z.quomod_big_int p (Big_int_Z.big_int_of_int 2) in
  if Big_int_Z.eq_big_int r Big_int_Z.zero_big_int then f2p q else f2p1 q)
      (fun p ->
      (fun f2p1 f2p f1 p ->
  if Big_int_Z.le_big_int p Big_int_Z.unit_big_int then f1 () else
  let (q,r) = Big_int_Z.quomod_big_int p (Big_int_Z.big_int_of_int 2) in
  if Big_int_Z.eq_big_int r Big_int_Z.zero_big_int then f2p q else f2p1 q)
        (fun q0 -> double (pos_sub p q0))
        (fun q0 -> succ_double (pos_sub p q0))
        (fun _ -> (Big_int_Z.mult_int_big_int 2 p))
        y)
      (fun p ->
      (fun f2p1 f2p f1 p ->
  if Big_int_Z.le_big_int p Big_int_Z.unit_big_int then f1 () else
  let (q,r) = Big_int_Z.quomod_big_int p (Big_int_Z.big_int_of_int 2) in
  if Big_int_Z.eq_big_int r Big_int_Z.zero_big_int then f2p q else f2p1 q)
        (fun q0 -> pred_double (pos_sub p q0))
        (fun q0 -> double (pos_sub p q0))
        (fun _ -> (Coq_Pos.pred_double p))
        y)
      (fun _ ->
      (fun f2p1 f2p f1 p ->
  if Big_int_Z.le_big_int p Big_int_Z.unit_big_int then f1 () else
  let (q,r) = Big_int_Z.quomod_big_int p (Big_int_Z.big_int_of_int 2) in
  if Big_int_Z.eq_big_int r Big_int_Z.zero_big_int then f2p q else f2p1 q)
        (fun q0 -> Big_int_Z.minus_big_int (Big_int_Z.mult_int_big_int 2
        q0))
        (fun q0 -> Big_int_Z.minus_big_int (Coq_Pos.pred_double q0))
        (fun _ -> Big_int_Z.zero_big_int)
        y)
      x

  (** val add :
      Big_int_Z.big_int -> Big_int_Z.big_int -> Big_int_Z.big_int **)

  let add = Big_int_Z.add_big_int

  (** val opp : Big_int_Z.big_int -> Big_int_Z.big_int **)

  let opp = Big_int_Z.minus_big_int

  (** val mul :
      Big_int_Z.big_int -> Big_int_Z.big_int -> Big_int_Z.big_int **)

  let mul = Big_int_Z.mult_big_int

  (** val compare : Big_int_Z.big_int -> Big_int_Z.big_int -> comparison **)

  let compare = (fun x y -> let s = Big_int_Z.compare_big_int x y in
  if s = 0 then Eq else if s < 0 then Lt else Gt)

  (** val sgn : Big_int_Z.big_int -> Big_int_Z.big_int **)

  let sgn z0 =
    (fun fO fp fn z -> let s = Big_int_Z.sign_big_int z in
  if s = 0 then fO () else if s > 0 then fp z
  else fn (Big_int_Z.minus_big_int z))
      (fun _ -> Big_int_Z.zero_big_int)
      (fun _ -> Big_int_Z.unit_big_int)
      (fun _ -> Big_int_Z.minus_big_int Big_int_Z.unit_big_int)
      z0

  (** val leb : Big_int_Z.big_int -> Big_int_Z.big_int -> bool **)

  let leb x y =
    match compare x y with
    | Gt -> false
    | _ -> true

  (** val abs : Big_int_Z.big_int -> Big_int_Z.big_int **)

  let abs = Big_int_Z.abs_big_int

  (** val to_pos : Big_int_Z.big_int -> Big_int_Z.big_int **)

  let to_pos z0 =
    (fun fO fp fn z -> let s = Big_int_Z.sign_big_int z in
  if s = 0 then fO () else if s > 0 then fp z
  else fn (Big_int_Z.minus_big_int z))
      (fun _ -> Big_int_Z.unit_big_int)
      (fun p -> p)
      (fun _ -> Big_int_Z.unit_big_int)
      z0

  (** val ggcd :
      Big_int_Z.big_int -> Big_int_Z.big_int ->
      Big_int_Z.big_int * (Big_int_Z.big_int * Big_int_Z.big_int) **)

  let ggcd = (fun a b ->
  let g = Big_int_Z.gcd_big_int a b in
  if Big_int_Z.sign_big_int g = 0 then (g, (Big_int_Z.zero_big_int, Big_int_Z.zero_big_int))
  else (g, (Big_int_Z.div_big_int a g, Big_int_Z.div_big_int b g)))
 end

(** val zeq_bool : Big_int_Z.big_int -> Big_int_Z.big_int -> bool **)

let zeq_bool x y =
  match Z.compare x y with
  | Eq -> true
  | _ -> false

type q = { qnum : Big_int_Z.big_int; qden : Big_int_Z.big_int }

(** val qcompare : q -> q -> comparison **)

let qcompare p q0 =
  Z.compare (Z.mul p.qnum q0.qden) (Z.mul q0.qnum p.qden)

(** val qeq_bool : q -> q -> bool **)

let qeq_bool x y =
  zeq_bool (Z.mul x.qnum y.qden) (Z.mul y.qnum x.qden)

(** val qle_bool : q -> q -> bool **)

let qle_bool x y =
  Z.leb (Z.mul x.qnum y.qden) (Z.mul y.qnum x.qden)

(** val qplus : q -> q -> q **)

let qplus x y =
  { qnum = (Z.add (Z.mul x.qnum y.qden) (Z.mul y.qnum x.qden)); qden =
    (Coq_Pos.mul x.qden y.qden) }

(** val qmult : q -> q -> q **)

let qmult x y =
  { qnum = (Z.mul x.qnum y.qnum); qden = (Coq_Pos.mul x.qden y.qden) }

(** val qopp : q -> q **)

let qopp x =
  { qnum = (Z.opp x.qnum); qden = x.qden }

(** val qinv : q -> q **)

let qinv x =
  (fun fO fp fn z -> let s = Big_int_Z.sign_big_int z in
  if s = 0 then fO () else if s > 0 then fp z
  else fn (Big_int_Z.minus_big_int z))
    (fun _ -> { qnum = Big_int_Z.zero_big_int; qden =
    Big_int_Z.unit_big_int })
    (fun p -> { qnum = x.qden; qden = p })
    (fun p -> { qnum = (Big_int_Z.minus_big_int x.qden); qden = p })
    x.qnum

(** val qred : q -> q **)

let qred q0 =
  let { qnum = q1; qden = q2 } = q0 in
  let (r1, r2) = snd (Z.ggcd q1 q2) in { qnum = r1; qden = (Z.to_pos r2) }

type srow = (int * q) list

type op =
| OInput
| OLin of (srow * q) list * int
| ORelu of int
| OState of ((srow * srow) * q) list * int
| OPrev of int
| OConcat of int list
| OMulti of int

type prog = { nodes : op list; inits : q list list; out : int }

type bounds = q option * q option

(** val free : bounds **)

let free =
  (None, None)

(** val bind : 'a1 option -> ('a1 -> 'a2 option) -> 'a2 option **)

let bind a f =
  match a with
  | Some x -> f x
  | None -> None

(** val mapM : ('a1 -> 'a2 option) -> 'a1 list -> 'a2 list option **)

let rec mapM f = function
| [] -> Some []
| a :: r -> bind (f a) (fun b -> bind (mapM f r) (fun t0 -> Some (b :: t0)))

(** val remembers : int -> op -> int list **)

let remembers place = function
| OState (_, _) -> place :: []
| OPrev k -> k :: []
| _ -> []

(** val remembered : int -> op list -> int list **)

let rec remembered place = function
| [] -> []
| o :: r -> app (remembers place o) (remembered (Stdlib.Int.succ place) r)

(** val below : int -> srow -> bool **)

let below d r =
  forallb (fun iq -> Nat.ltb (fst iq) d) r

(** val op_dim : int -> q list list -> int list -> op -> int option **)

let op_dim n ini ds = function
| OInput -> Some n
| OLin (rows, i) ->
  bind (nth_error ds i) (fun d ->
    if forallb (fun rb -> below d (fst rb)) rows
    then Some (length rows)
    else None)
| ORelu i -> nth_error ds i
| OState (rows, i) ->
  bind (nth_error ds i) (fun d ->
    if (&&) ((=) (length (nth (length ds) ini [])) (length rows))
         (forallb (fun r ->
           (&&) (below (length rows) (fst (fst r))) (below d (snd (fst r))))
           rows)
    then Some (length rows)
    else None)
| OPrev k -> Some (length (nth k ini []))
| OConcat l -> bind (mapM (nth_error ds) l) (fun es -> Some (list_sum es))
| OMulti i ->
  bind (nth_error ds i) (fun d ->
    if Nat.even d then Some (Nat.div2 d) else None)

(** val dims :
    int -> q list list -> op list -> int list -> int list option **)

let rec dims n ini ops ds =
  match ops with
  | [] -> Some ds
  | o :: r ->
    bind (op_dim n ini ds o) (fun d -> dims n ini r (app ds (d :: [])))

(** val inits_fit : q list list -> int list -> bool **)

let rec inits_fit ini ds =
  match ini with
  | [] -> true
  | v :: ini' ->
    (match ds with
     | [] -> false
     | d :: ds' ->
       (&&) ((||) ((=) (length v) 0) ((=) (length v) d)) (inits_fit ini' ds'))

(** val remembered_fits : q list list -> int list -> int -> bool **)

let remembered_fits ini ds k =
  match nth_error ini k with
  | Some v ->
    (match nth_error ds k with
     | Some d -> (=) (length v) d
     | None -> false)
  | None -> false

(** val out_dim : int -> prog -> int option **)

let out_dim n p =
  bind (dims n p.inits p.nodes []) (fun ds ->
    if (&&) (inits_fit p.inits ds)
         (forallb (remembered_fits p.inits ds) (remembered 0 p.nodes))
    then nth_error ds p.out
    else None)

(** val wf : int -> prog -> bool **)

let wf n p =
  match out_dim n p with
  | Some _ -> true
  | None -> false

(** val qabs : q -> q **)

let qabs x =
  let { qnum = n; qden = d } = x in { qnum = (Z.abs n); qden = d }

(** val larger : q -> q -> q **)

let larger p q0 =
  if qle_bool p q0 then q0 else p

(** val smaller : q -> q -> q **)

let smaller p q0 =
  if qle_bool p q0 then p else q0

type piece = q * (q * q)

(** val inside : piece -> q -> q **)

let inside e p =
  qplus (qmult (fst (snd e)) p) (snd (snd e))

(** val value : q -> piece list -> q -> q **)

let rec value s l p =
  match l with
  | [] -> qmult s p
  | e :: r ->
    qplus
      (qmult (fst e)
        (larger { qnum = Big_int_Z.zero_big_int; qden =
          Big_int_Z.unit_big_int } (inside e p))) (value s r p)

(** val same_side : q -> q -> bool **)

let same_side x y =
  (||)
    ((&&)
      (qle_bool { qnum = Big_int_Z.zero_big_int; qden =
        Big_int_Z.unit_big_int } x)
      (qle_bool { qnum = Big_int_Z.zero_big_int; qden =
        Big_int_Z.unit_big_int } y))
    ((&&)
      (qle_bool x { qnum = Big_int_Z.zero_big_int; qden =
        Big_int_Z.unit_big_int })
      (qle_bool y { qnum = Big_int_Z.zero_big_int; qden =
        Big_int_Z.unit_big_int }))

(** val steady : piece list -> q -> q -> bool **)

let steady l p q0 =
  forallb (fun e -> same_side (inside e p) (inside e q0)) l

(** val slope : q -> q -> piece list -> q **)

let rec slope d s = function
| [] -> qmult s d
| e :: r ->
  qplus
    (qmult (fst e)
      (larger { qnum = Big_int_Z.zero_big_int; qden =
        Big_int_Z.unit_big_int } (qmult (fst (snd e)) d))) (slope d s r)

(** val ends : q -> q -> piece list -> q -> bool **)

let ends d s l p =
  (&&) (forallb (fun e -> same_side (inside e p) (qmult (fst (snd e)) d)) l)
    (qle_bool { qnum = Big_int_Z.zero_big_int; qden =
      Big_int_Z.unit_big_int } (slope d s l))

(** val insert_point : q -> q list -> q list **)

let rec insert_point p l = match l with
| [] -> p :: []
| q0 :: r ->
  (match qcompare p q0 with
   | Eq -> l
   | Lt -> p :: l
   | Gt -> q0 :: (insert_point p r))

(** val is_between : q option -> q option -> q -> bool **)

let is_between lo hi p =
  (&&) (match lo with
        | Some l -> qle_bool l p
        | None -> true) (match hi with
                         | Some h -> qle_bool p h
                         | None -> true)

(** val points : q option -> q option -> piece list -> q list **)

let points lo hi l =
  let kinks =
    map (fun e -> qred (qmult (qopp (snd (snd e))) (qinv (fst (snd e))))) l
  in
  let given = fun o -> match o with
                       | Some q0 -> q0 :: []
                       | None -> [] in
  fold_right insert_point []
    (app (given lo) (app (given hi) (filter (is_between lo hi) kinks)))

(** val chain : q option -> q -> piece list -> q -> q list -> bool **)

let rec chain hi s l p = function
| [] ->
  (match hi with
   | Some h -> qle_bool h p
   | None ->
     ends { qnum = Big_int_Z.unit_big_int; qden = Big_int_Z.unit_big_int } s
       l p)
| q0 :: r' ->
  (&&) ((&&) (negb (qle_bool q0 p)) (steady l p q0)) (chain hi s l q0 r')

(** val least : q -> piece list -> q option -> q option -> q option **)

let least s l lo hi =
  match points lo hi l with
  | [] -> None
  | p :: r ->
    if (&&)
         (match lo with
          | Some k -> qle_bool p k
          | None ->
            ends { qnum = (Big_int_Z.minus_big_int Big_int_Z.unit_big_int);
              qden = Big_int_Z.unit_big_int } s l p) (chain hi s l p r)
    then Some
           (qred
             (fold_left (fun m q0 -> smaller m (value s l q0)) r
               (value s l p)))
    else None

type form = (Big_int_Z.big_int * q) list

type def =
| DOne
| DIn of int
| DSt of int * int
| DTg of int * int
| DRelu of form
| DMul of form * form
| DSum of form

(** val fadd : form -> form -> form **)

let rec fadd f =
  let rec aux g =
    match f with
    | [] -> g
    | p :: f' ->
      let (i, a) = p in
      (match g with
       | [] -> f
       | p0 :: g' ->
         let (j, b) = p0 in
         (match Coq_Pos.compare i j with
          | Eq ->
            let c = qred (qplus a b) in
            if qeq_bool c { qnum = Big_int_Z.zero_big_int; qden =
                 Big_int_Z.unit_big_int }
            then fadd f' g'
            else (i, c) :: (fadd f' g')
          | Lt -> (i, a) :: (fadd f' g)
          | Gt -> (j, b) :: (aux g')))
  in aux

(** val fscale : q -> form -> form **)

let fscale c f =
  if qeq_bool c { qnum = Big_int_Z.zero_big_int; qden =
       Big_int_Z.unit_big_int }
  then []
  else if qeq_bool c { qnum = Big_int_Z.unit_big_int; qden =
            Big_int_Z.unit_big_int }
       then f
       else if qeq_bool c { qnum = (Big_int_Z.minus_big_int
                 Big_int_Z.unit_big_int); qden = Big_int_Z.unit_big_int }
            then map (fun iq -> ((fst iq), (qopp (snd iq)))) f
            else map (fun iq -> ((fst iq), (qred (qmult c (snd iq))))) f

(** val fconst : q -> form **)

let fconst b =
  if qeq_bool b { qnum = Big_int_Z.zero_big_int; qden =
       Big_int_Z.unit_big_int }
  then []
  else (Big_int_Z.unit_big_int, b) :: []

(** val feqb : form -> form -> bool **)

let feqb f g =
  forallb (fun iq ->
    qeq_bool (snd iq) { qnum = Big_int_Z.zero_big_int; qden =
      Big_int_Z.unit_big_int })
    (fadd f
      (fscale { qnum = (Big_int_Z.minus_big_int Big_int_Z.unit_big_int);
        qden = Big_int_Z.unit_big_int } g))

type move =
| Flip of Big_int_Z.big_int
| Group of Big_int_Z.big_int
| Share of Big_int_Z.big_int * q
| Parallel of Big_int_Z.big_int * bool

(** val atom :
    (Big_int_Z.big_int -> def option) -> (def -> Big_int_Z.big_int option) ->
    def -> form option **)

let atom get fnd d =
  match fnd d with
  | Some id ->
    (match d with
     | DIn j ->
       (match get id with
        | Some d0 ->
          (match d0 with
           | DIn j' ->
             if (=) j j'
             then Some ((id, { qnum = Big_int_Z.unit_big_int; qden =
                    Big_int_Z.unit_big_int }) :: [])
             else None
           | _ -> None)
        | None -> None)
     | DSt (k, j) ->
       (match get id with
        | Some d0 ->
          (match d0 with
           | DSt (k', j') ->
             if (&&) ((=) k k') ((=) j j')
             then Some ((id, { qnum = Big_int_Z.unit_big_int; qden =
                    Big_int_Z.unit_big_int }) :: [])
             else None
           | _ -> None)
        | None -> None)
     | DTg (k, j) ->
       (match get id with
        | Some d0 ->
          (match d0 with
           | DTg (k', j') ->
             if (&&) ((=) k k') ((=) j j')
             then Some ((id, { qnum = Big_int_Z.unit_big_int; qden =
                    Big_int_Z.unit_big_int }) :: [])
             else None
           | _ -> None)
        | None -> None)
     | _ -> None)
  | None -> None

(** val lead : form -> q **)

let lead = function
| [] -> { qnum = Big_int_Z.zero_big_int; qden = Big_int_Z.unit_big_int }
| p :: _ -> let (_, q0) = p in q0

(** val isconst : (Big_int_Z.big_int -> def option) -> form -> q option **)

let isconst get = function
| [] -> Some { qnum = Big_int_Z.zero_big_int; qden = Big_int_Z.unit_big_int }
| p :: l ->
  let (id, q0) = p in
  (match l with
   | [] ->
     (match get id with
      | Some d -> (match d with
                   | DOne -> Some q0
                   | _ -> None)
      | None -> None)
   | _ :: _ -> None)

(** val smul1 :
    (Big_int_Z.big_int -> def option) -> (def -> Big_int_Z.big_int option) ->
    form -> form -> form option **)

let smul1 get fnd f g =
  let c = lead f in
  let d = lead g in
  (match fnd (DMul ((fscale (qinv c) f), (fscale (qinv d) g))) with
   | Some id ->
     (match get id with
      | Some d0 ->
        (match d0 with
         | DMul (f', g') ->
           if (&&) (feqb (fscale c f') f) (feqb (fscale d g') g)
           then Some ((id, (qred (qmult c d))) :: [])
           else None
         | _ -> None)
      | None -> None)
   | None -> None)

(** val lid : form -> Big_int_Z.big_int **)

let lid = function
| [] -> Big_int_Z.unit_big_int
| p :: _ -> let (i, _) = p in i

(** val smul0 :
    (Big_int_Z.big_int -> def option) -> (def -> Big_int_Z.big_int option) ->
    form -> form -> form option **)

let smul0 get fnd f g =
  match isconst get f with
  | Some c -> Some (fscale c g)
  | None ->
    (match isconst get g with
     | Some c -> Some (fscale c f)
     | None ->
       if Coq_Pos.leb (lid f) (lid g)
       then smul1 get fnd f g
       else smul1 get fnd g f)

(** val mulrow :
    (Big_int_Z.big_int -> def option) -> (def -> Big_int_Z.big_int option) ->
    (Big_int_Z.big_int * q) -> form -> form option **)

let rec mulrow get fnd p = function
| [] -> Some []
| q0 :: r ->
  (match smul0 get fnd (p :: []) (q0 :: []) with
   | Some h ->
     (match mulrow get fnd p r with
      | Some t0 -> Some (fadd h t0)
      | None -> None)
   | None -> None)

(** val mulall :
    (Big_int_Z.big_int -> def option) -> (def -> Big_int_Z.big_int option) ->
    form -> form -> form option **)

let rec mulall get fnd f g =
  match f with
  | [] -> Some []
  | p :: r ->
    (match mulrow get fnd p g with
     | Some h ->
       (match mulall get fnd r g with
        | Some t0 -> Some (fadd h t0)
        | None -> None)
     | None -> None)

(** val parts : (Big_int_Z.big_int -> def option) -> form -> form * form **)

let rec parts get = function
| [] -> ([], [])
| p :: r ->
  let (i, c) = p in
  let (l, rest) = parts get r in
  (match get i with
   | Some d ->
     (match d with
      | DTg (_, _) -> (((i, c) :: l), rest)
      | DRelu _ -> (((i, c) :: l), rest)
      | _ -> (l, ((i, c) :: rest)))
   | None -> (l, ((i, c) :: rest)))

(** val smul :
    (Big_int_Z.big_int -> def option) -> (def -> Big_int_Z.big_int option) ->
    form -> form -> form option **)

let smul get fnd f g =
  if (<=) (mul (length f) (length g)) (Stdlib.Int.succ (Stdlib.Int.succ
       (Stdlib.Int.succ (Stdlib.Int.succ (Stdlib.Int.succ (Stdlib.Int.succ
       (Stdlib.Int.succ (Stdlib.Int.succ (Stdlib.Int.succ (Stdlib.Int.succ
       (Stdlib.Int.succ (Stdlib.Int.succ (Stdlib.Int.succ (Stdlib.Int.succ
       (Stdlib.Int.succ (Stdlib.Int.succ (Stdlib.Int.succ (Stdlib.Int.succ
       (Stdlib.Int.succ (Stdlib.Int.succ (Stdlib.Int.succ (Stdlib.Int.succ
       (Stdlib.Int.succ (Stdlib.Int.succ (Stdlib.Int.succ (Stdlib.Int.succ
       (Stdlib.Int.succ (Stdlib.Int.succ (Stdlib.Int.succ (Stdlib.Int.succ
       (Stdlib.Int.succ (Stdlib.Int.succ (Stdlib.Int.succ (Stdlib.Int.succ
       (Stdlib.Int.succ (Stdlib.Int.succ (Stdlib.Int.succ (Stdlib.Int.succ
       (Stdlib.Int.succ (Stdlib.Int.succ (Stdlib.Int.succ (Stdlib.Int.succ
       (Stdlib.Int.succ (Stdlib.Int.succ (Stdlib.Int.succ (Stdlib.Int.succ
       (Stdlib.Int.succ (Stdlib.Int.succ (Stdlib.Int.succ (Stdlib.Int.succ
       (Stdlib.Int.succ (Stdlib.Int.succ (Stdlib.Int.succ (Stdlib.Int.succ
       (Stdlib.Int.succ (Stdlib.Int.succ (Stdlib.Int.succ (Stdlib.Int.succ
       (Stdlib.Int.succ (Stdlib.Int.succ (Stdlib.Int.succ (Stdlib.Int.succ
       (Stdlib.Int.succ (Stdlib.Int.succ (Stdlib.Int.succ (Stdlib.Int.succ
       (Stdlib.Int.succ (Stdlib.Int.succ (Stdlib.Int.succ (Stdlib.Int.succ
       (Stdlib.Int.succ (Stdlib.Int.succ (Stdlib.Int.succ (Stdlib.Int.succ
       (Stdlib.Int.succ (Stdlib.Int.succ (Stdlib.Int.succ (Stdlib.Int.succ
       (Stdlib.Int.succ (Stdlib.Int.succ (Stdlib.Int.succ (Stdlib.Int.succ
       (Stdlib.Int.succ (Stdlib.Int.succ (Stdlib.Int.succ (Stdlib.Int.succ
       (Stdlib.Int.succ (Stdlib.Int.succ (Stdlib.Int.succ (Stdlib.Int.succ
       (Stdlib.Int.succ (Stdlib.Int.succ (Stdlib.Int.succ (Stdlib.Int.succ
       (Stdlib.Int.succ (Stdlib.Int.succ (Stdlib.Int.succ (Stdlib.Int.succ
       (Stdlib.Int.succ (Stdlib.Int.succ (Stdlib.Int.succ (Stdlib.Int.succ
       (Stdlib.Int.succ (Stdlib.Int.succ (Stdlib.Int.succ (Stdlib.Int.succ
       (Stdlib.Int.succ (Stdlib.Int.succ (Stdlib.Int.succ (Stdlib.Int.succ
       (Stdlib.Int.succ (Stdlib.Int.succ (Stdlib.Int.succ (Stdlib.Int.succ
       (Stdlib.Int.succ (Stdlib.Int.succ (Stdlib.Int.succ (Stdlib.Int.succ
       (Stdlib.Int.succ (Stdlib.Int.succ (Stdlib.Int.succ (Stdlib.Int.succ
       (Stdlib.Int.succ (Stdlib.Int.succ (Stdlib.Int.succ (Stdlib.Int.succ
       (Stdlib.Int.succ (Stdlib.Int.succ (Stdlib.Int.succ (Stdlib.Int.succ
       (Stdlib.Int.succ (Stdlib.Int.succ (Stdlib.Int.succ (Stdlib.Int.succ
       (Stdlib.Int.succ (Stdlib.Int.succ (Stdlib.Int.succ (Stdlib.Int.succ
       (Stdlib.Int.succ (Stdlib.Int.succ (Stdlib.Int.succ (Stdlib.Int.succ
       (Stdlib.Int.succ (Stdlib.Int.succ (Stdlib.Int.succ (Stdlib.Int.succ
       (Stdlib.Int.succ (Stdlib.Int.succ (Stdlib.Int.succ (Stdlib.Int.succ
       (Stdlib.Int.succ (Stdlib.Int.succ (Stdlib.Int.succ (Stdlib.Int.succ
       (Stdlib.Int.succ (Stdlib.Int.succ (Stdlib.Int.succ (Stdlib.Int.succ
       (Stdlib.Int.succ (Stdlib.Int.succ (Stdlib.Int.succ (Stdlib.Int.succ
       (Stdlib.Int.succ (Stdlib.Int.succ (Stdlib.Int.succ (Stdlib.Int.succ
       (Stdlib.Int.succ (Stdlib.Int.succ (Stdlib.Int.succ (Stdlib.Int.succ
       (Stdlib.Int.succ (Stdlib.Int.succ (Stdlib.Int.succ (Stdlib.Int.succ
       (Stdlib.Int.succ (Stdlib.Int.succ (Stdlib.Int.succ (Stdlib.Int.succ
       (Stdlib.Int.succ (Stdlib.Int.succ (Stdlib.Int.succ (Stdlib.Int.succ
       (Stdlib.Int.succ (Stdlib.Int.succ (Stdlib.Int.succ (Stdlib.Int.succ
       (Stdlib.Int.succ (Stdlib.Int.succ (Stdlib.Int.succ (Stdlib.Int.succ
       (Stdlib.Int.succ (Stdlib.Int.succ (Stdlib.Int.succ (Stdlib.Int.succ
       (Stdlib.Int.succ (Stdlib.Int.succ (Stdlib.Int.succ (Stdlib.Int.succ
       (Stdlib.Int.succ (Stdlib.Int.succ (Stdlib.Int.succ (Stdlib.Int.succ
       (Stdlib.Int.succ (Stdlib.Int.succ (Stdlib.Int.succ (Stdlib.Int.succ
       (Stdlib.Int.succ (Stdlib.Int.succ (Stdlib.Int.succ (Stdlib.Int.succ
       (Stdlib.Int.succ (Stdlib.Int.succ (Stdlib.Int.succ (Stdlib.Int.succ
       (Stdlib.Int.succ (Stdlib.Int.succ (Stdlib.Int.succ (Stdlib.Int.succ
       (Stdlib.Int.succ (Stdlib.Int.succ (Stdlib.Int.succ (Stdlib.Int.succ
       (Stdlib.Int.succ (Stdlib.Int.succ (Stdlib.Int.succ (Stdlib.Int.succ
       (Stdlib.Int.succ (Stdlib.Int.succ (Stdlib.Int.succ (Stdlib.Int.succ
       (Stdlib.Int.succ (Stdlib.Int.succ (Stdlib.Int.succ (Stdlib.Int.succ
       (Stdlib.Int.succ (Stdlib.Int.succ (Stdlib.Int.succ (Stdlib.Int.succ
       (Stdlib.Int.succ (Stdlib.Int.succ (Stdlib.Int.succ (Stdlib.Int.succ
       (Stdlib.Int.succ (Stdlib.Int.succ (Stdlib.Int.succ (Stdlib.Int.succ
       (Stdlib.Int.succ (Stdlib.Int.succ (Stdlib.Int.succ (Stdlib.Int.succ
       (Stdlib.Int.succ (Stdlib.Int.succ (Stdlib.Int.succ (Stdlib.Int.succ
       (Stdlib.Int.succ (Stdlib.Int.succ (Stdlib.Int.succ (Stdlib.Int.succ
       (Stdlib.Int.succ (Stdlib.Int.succ (Stdlib.Int.succ (Stdlib.Int.succ
       (Stdlib.Int.succ (Stdlib.Int.succ (Stdlib.Int.succ (Stdlib.Int.succ
       (Stdlib.Int.succ (Stdlib.Int.succ (Stdlib.Int.succ (Stdlib.Int.succ
       (Stdlib.Int.succ (Stdlib.Int.succ (Stdlib.Int.succ (Stdlib.Int.succ
       (Stdlib.Int.succ (Stdlib.Int.succ (Stdlib.Int.succ (Stdlib.Int.succ
       (Stdlib.Int.succ (Stdlib.Int.succ (Stdlib.Int.succ (Stdlib.Int.succ
       (Stdlib.Int.succ (Stdlib.Int.succ (Stdlib.Int.succ (Stdlib.Int.succ
       (Stdlib.Int.succ (Stdlib.Int.succ (Stdlib.Int.succ (Stdlib.Int.succ
       (Stdlib.Int.succ (Stdlib.Int.succ (Stdlib.Int.succ (Stdlib.Int.succ
       (Stdlib.Int.succ (Stdlib.Int.succ (Stdlib.Int.succ (Stdlib.Int.succ
       (Stdlib.Int.succ (Stdlib.Int.succ (Stdlib.Int.succ (Stdlib.Int.succ
       (Stdlib.Int.succ (Stdlib.Int.succ (Stdlib.Int.succ (Stdlib.Int.succ
       (Stdlib.Int.succ (Stdlib.Int.succ (Stdlib.Int.succ (Stdlib.Int.succ
       (Stdlib.Int.succ (Stdlib.Int.succ (Stdlib.Int.succ (Stdlib.Int.succ
       (Stdlib.Int.succ (Stdlib.Int.succ (Stdlib.Int.succ (Stdlib.Int.succ
       (Stdlib.Int.succ (Stdlib.Int.succ (Stdlib.Int.succ (Stdlib.Int.succ
       (Stdlib.Int.succ (Stdlib.Int.succ (Stdlib.Int.succ (Stdlib.Int.succ
       (Stdlib.Int.succ (Stdlib.Int.succ (Stdlib.Int.succ (Stdlib.Int.succ
       (Stdlib.Int.succ (Stdlib.Int.succ (Stdlib.Int.succ (Stdlib.Int.succ
       (Stdlib.Int.succ (Stdlib.Int.succ (Stdlib.Int.succ (Stdlib.Int.succ
       (Stdlib.Int.succ (Stdlib.Int.succ (Stdlib.Int.succ (Stdlib.Int.succ
       (Stdlib.Int.succ (Stdlib.Int.succ (Stdlib.Int.succ (Stdlib.Int.succ
       (Stdlib.Int.succ (Stdlib.Int.succ (Stdlib.Int.succ (Stdlib.Int.succ
       (Stdlib.Int.succ (Stdlib.Int.succ (Stdlib.Int.succ (Stdlib.Int.succ
       (Stdlib.Int.succ (Stdlib.Int.succ (Stdlib.Int.succ (Stdlib.Int.succ
       (Stdlib.Int.succ (Stdlib.Int.succ (Stdlib.Int.succ (Stdlib.Int.succ
       (Stdlib.Int.succ (Stdlib.Int.succ (Stdlib.Int.succ (Stdlib.Int.succ
       (Stdlib.Int.succ (Stdlib.Int.succ (Stdlib.Int.succ (Stdlib.Int.succ
       (Stdlib.Int.succ (Stdlib.Int.succ (Stdlib.Int.succ (Stdlib.Int.succ
       (Stdlib.Int.succ (Stdlib.Int.succ (Stdlib.Int.succ (Stdlib.Int.succ
       (Stdlib.Int.succ (Stdlib.Int.succ (Stdlib.Int.succ (Stdlib.Int.succ
       (Stdlib.Int.succ (Stdlib.Int.succ (Stdlib.Int.succ (Stdlib.Int.succ
       (Stdlib.Int.succ (Stdlib.Int.succ (Stdlib.Int.succ (Stdlib.Int.succ
       (Stdlib.Int.succ (Stdlib.Int.succ (Stdlib.Int.succ (Stdlib.Int.succ
       (Stdlib.Int.succ (Stdlib.Int.succ (Stdlib.Int.succ (Stdlib.Int.succ
       (Stdlib.Int.succ (Stdlib.Int.succ (Stdlib.Int.succ (Stdlib.Int.succ
       (Stdlib.Int.succ (Stdlib.Int.succ (Stdlib.Int.succ (Stdlib.Int.succ
       (Stdlib.Int.succ (Stdlib.Int.succ (Stdlib.Int.succ (Stdlib.Int.succ
       (Stdlib.Int.succ (Stdlib.Int.succ (Stdlib.Int.succ (Stdlib.Int.succ
       (Stdlib.Int.succ (Stdlib.Int.succ (Stdlib.Int.succ (Stdlib.Int.succ
       (Stdlib.Int.succ (Stdlib.Int.succ (Stdlib.Int.succ (Stdlib.Int.succ
       (Stdlib.Int.succ (Stdlib.Int.succ (Stdlib.Int.succ (Stdlib.Int.succ
       (Stdlib.Int.succ (Stdlib.Int.succ (Stdlib.Int.succ (Stdlib.Int.succ
       (Stdlib.Int.succ (Stdlib.Int.succ (Stdlib.Int.succ (Stdlib.Int.succ
       (Stdlib.Int.succ (Stdlib.Int.succ (Stdlib.Int.succ (Stdlib.Int.succ
       (Stdlib.Int.succ (Stdlib.Int.succ (Stdlib.Int.succ (Stdlib.Int.succ
       (Stdlib.Int.succ (Stdlib.Int.succ (Stdlib.Int.succ (Stdlib.Int.succ
       (Stdlib.Int.succ (Stdlib.Int.succ (Stdlib.Int.succ (Stdlib.Int.succ
       (Stdlib.Int.succ (Stdlib.Int.succ (Stdlib.Int.succ (Stdlib.Int.succ
       (Stdlib.Int.succ (Stdlib.Int.succ (Stdlib.Int.succ (Stdlib.Int.succ
       (Stdlib.Int.succ (Stdlib.Int.succ (Stdlib.Int.succ (Stdlib.Int.succ
       (Stdlib.Int.succ (Stdlib.Int.succ (Stdlib.Int.succ (Stdlib.Int.succ
       (Stdlib.Int.succ (Stdlib.Int.succ (Stdlib.Int.succ (Stdlib.Int.succ
       (Stdlib.Int.succ (Stdlib.Int.succ (Stdlib.Int.succ (Stdlib.Int.succ
       (Stdlib.Int.succ (Stdlib.Int.succ (Stdlib.Int.succ (Stdlib.Int.succ
       (Stdlib.Int.succ (Stdlib.Int.succ (Stdlib.Int.succ (Stdlib.Int.succ
       (Stdlib.Int.succ (Stdlib.Int.succ (Stdlib.Int.succ (Stdlib.Int.succ
       (Stdlib.Int.succ (Stdlib.Int.succ (Stdlib.Int.succ (Stdlib.Int.succ
       (Stdlib.Int.succ (Stdlib.Int.succ (Stdlib.Int.succ (Stdlib.Int.succ
       (Stdlib.Int.succ (Stdlib.Int.succ (Stdlib.Int.succ (Stdlib.Int.succ
       (Stdlib.Int.succ (Stdlib.Int.succ (Stdlib.Int.succ (Stdlib.Int.succ
       (Stdlib.Int.succ (Stdlib.Int.succ (Stdlib.Int.succ (Stdlib.Int.succ
       (Stdlib.Int.succ (Stdlib.Int.succ (Stdlib.Int.succ (Stdlib.Int.succ
       (Stdlib.Int.succ (Stdlib.Int.succ (Stdlib.Int.succ (Stdlib.Int.succ
       (Stdlib.Int.succ (Stdlib.Int.succ (Stdlib.Int.succ (Stdlib.Int.succ
       (Stdlib.Int.succ (Stdlib.Int.succ (Stdlib.Int.succ (Stdlib.Int.succ
       (Stdlib.Int.succ (Stdlib.Int.succ (Stdlib.Int.succ (Stdlib.Int.succ
       (Stdlib.Int.succ (Stdlib.Int.succ (Stdlib.Int.succ (Stdlib.Int.succ
       (Stdlib.Int.succ (Stdlib.Int.succ (Stdlib.Int.succ (Stdlib.Int.succ
       (Stdlib.Int.succ (Stdlib.Int.succ (Stdlib.Int.succ (Stdlib.Int.succ
       (Stdlib.Int.succ (Stdlib.Int.succ (Stdlib.Int.succ (Stdlib.Int.succ
       (Stdlib.Int.succ (Stdlib.Int.succ (Stdlib.Int.succ (Stdlib.Int.succ
       (Stdlib.Int.succ (Stdlib.Int.succ (Stdlib.Int.succ (Stdlib.Int.succ
       (Stdlib.Int.succ (Stdlib.Int.succ (Stdlib.Int.succ (Stdlib.Int.succ
       (Stdlib.Int.succ (Stdlib.Int.succ (Stdlib.Int.succ (Stdlib.Int.succ
       (Stdlib.Int.succ (Stdlib.Int.succ (Stdlib.Int.succ (Stdlib.Int.succ
       (Stdlib.Int.succ (Stdlib.Int.succ (Stdlib.Int.succ (Stdlib.Int.succ
       (Stdlib.Int.succ (Stdlib.Int.succ (Stdlib.Int.succ (Stdlib.Int.succ
       (Stdlib.Int.succ (Stdlib.Int.succ (Stdlib.Int.succ (Stdlib.Int.succ
       (Stdlib.Int.succ (Stdlib.Int.succ (Stdlib.Int.succ (Stdlib.Int.succ
       (Stdlib.Int.succ (Stdlib.Int.succ (Stdlib.Int.succ (Stdlib.Int.succ
       (Stdlib.Int.succ (Stdlib.Int.succ (Stdlib.Int.succ (Stdlib.Int.succ
       (Stdlib.Int.succ (Stdlib.Int.succ (Stdlib.Int.succ (Stdlib.Int.succ
       (Stdlib.Int.succ (Stdlib.Int.succ (Stdlib.Int.succ (Stdlib.Int.succ
       (Stdlib.Int.succ (Stdlib.Int.succ (Stdlib.Int.succ (Stdlib.Int.succ
       (Stdlib.Int.succ (Stdlib.Int.succ (Stdlib.Int.succ (Stdlib.Int.succ
       (Stdlib.Int.succ (Stdlib.Int.succ (Stdlib.Int.succ (Stdlib.Int.succ
       (Stdlib.Int.succ (Stdlib.Int.succ (Stdlib.Int.succ (Stdlib.Int.succ
       (Stdlib.Int.succ (Stdlib.Int.succ (Stdlib.Int.succ (Stdlib.Int.succ
       (Stdlib.Int.succ (Stdlib.Int.succ (Stdlib.Int.succ (Stdlib.Int.succ
       (Stdlib.Int.succ (Stdlib.Int.succ (Stdlib.Int.succ (Stdlib.Int.succ
       (Stdlib.Int.succ (Stdlib.Int.succ (Stdlib.Int.succ (Stdlib.Int.succ
       (Stdlib.Int.succ (Stdlib.Int.succ (Stdlib.Int.succ (Stdlib.Int.succ
       (Stdlib.Int.succ (Stdlib.Int.succ (Stdlib.Int.succ (Stdlib.Int.succ
       (Stdlib.Int.succ (Stdlib.Int.succ (Stdlib.Int.succ (Stdlib.Int.succ
       (Stdlib.Int.succ (Stdlib.Int.succ (Stdlib.Int.succ (Stdlib.Int.succ
       (Stdlib.Int.succ (Stdlib.Int.succ (Stdlib.Int.succ (Stdlib.Int.succ
       (Stdlib.Int.succ (Stdlib.Int.succ (Stdlib.Int.succ (Stdlib.Int.succ
       (Stdlib.Int.succ (Stdlib.Int.succ (Stdlib.Int.succ (Stdlib.Int.succ
       (Stdlib.Int.succ (Stdlib.Int.succ (Stdlib.Int.succ (Stdlib.Int.succ
       (Stdlib.Int.succ (Stdlib.Int.succ (Stdlib.Int.succ (Stdlib.Int.succ
       (Stdlib.Int.succ (Stdlib.Int.succ (Stdlib.Int.succ (Stdlib.Int.succ
       (Stdlib.Int.succ (Stdlib.Int.succ (Stdlib.Int.succ (Stdlib.Int.succ
       (Stdlib.Int.succ (Stdlib.Int.succ (Stdlib.Int.succ (Stdlib.Int.succ
       (Stdlib.Int.succ (Stdlib.Int.succ (Stdlib.Int.succ (Stdlib.Int.succ
       (Stdlib.Int.succ (Stdlib.Int.succ (Stdlib.Int.succ (Stdlib.Int.succ
       (Stdlib.Int.succ (Stdlib.Int.succ (Stdlib.Int.succ (Stdlib.Int.succ
       (Stdlib.Int.succ (Stdlib.Int.succ (Stdlib.Int.succ (Stdlib.Int.succ
       (Stdlib.Int.succ (Stdlib.Int.succ (Stdlib.Int.succ (Stdlib.Int.succ
       (Stdlib.Int.succ (Stdlib.Int.succ (Stdlib.Int.succ (Stdlib.Int.succ
       (Stdlib.Int.succ (Stdlib.Int.succ (Stdlib.Int.succ (Stdlib.Int.succ
       (Stdlib.Int.succ (Stdlib.Int.succ (Stdlib.Int.succ (Stdlib.Int.succ
       (Stdlib.Int.succ (Stdlib.Int.succ (Stdlib.Int.succ (Stdlib.Int.succ
       (Stdlib.Int.succ (Stdlib.Int.succ (Stdlib.Int.succ (Stdlib.Int.succ
       (Stdlib.Int.succ (Stdlib.Int.succ (Stdlib.Int.succ (Stdlib.Int.succ
       (Stdlib.Int.succ (Stdlib.Int.succ (Stdlib.Int.succ (Stdlib.Int.succ
       (Stdlib.Int.succ (Stdlib.Int.succ (Stdlib.Int.succ (Stdlib.Int.succ
       (Stdlib.Int.succ (Stdlib.Int.succ (Stdlib.Int.succ (Stdlib.Int.succ
       (Stdlib.Int.succ (Stdlib.Int.succ (Stdlib.Int.succ (Stdlib.Int.succ
       (Stdlib.Int.succ (Stdlib.Int.succ (Stdlib.Int.succ (Stdlib.Int.succ
       (Stdlib.Int.succ (Stdlib.Int.succ (Stdlib.Int.succ (Stdlib.Int.succ
       (Stdlib.Int.succ (Stdlib.Int.succ (Stdlib.Int.succ (Stdlib.Int.succ
       (Stdlib.Int.succ (Stdlib.Int.succ (Stdlib.Int.succ (Stdlib.Int.succ
       (Stdlib.Int.succ (Stdlib.Int.succ (Stdlib.Int.succ (Stdlib.Int.succ
       (Stdlib.Int.succ (Stdlib.Int.succ (Stdlib.Int.succ (Stdlib.Int.succ
       (Stdlib.Int.succ (Stdlib.Int.succ (Stdlib.Int.succ (Stdlib.Int.succ
       (Stdlib.Int.succ (Stdlib.Int.succ (Stdlib.Int.succ (Stdlib.Int.succ
       (Stdlib.Int.succ (Stdlib.Int.succ (Stdlib.Int.succ (Stdlib.Int.succ
       (Stdlib.Int.succ (Stdlib.Int.succ (Stdlib.Int.succ (Stdlib.Int.succ
       (Stdlib.Int.succ (Stdlib.Int.succ (Stdlib.Int.succ (Stdlib.Int.succ
       (Stdlib.Int.succ (Stdlib.Int.succ (Stdlib.Int.succ (Stdlib.Int.succ
       (Stdlib.Int.succ (Stdlib.Int.succ (Stdlib.Int.succ (Stdlib.Int.succ
       (Stdlib.Int.succ (Stdlib.Int.succ (Stdlib.Int.succ (Stdlib.Int.succ
       (Stdlib.Int.succ (Stdlib.Int.succ (Stdlib.Int.succ (Stdlib.Int.succ
       (Stdlib.Int.succ (Stdlib.Int.succ (Stdlib.Int.succ (Stdlib.Int.succ
       (Stdlib.Int.succ (Stdlib.Int.succ (Stdlib.Int.succ (Stdlib.Int.succ
       (Stdlib.Int.succ (Stdlib.Int.succ (Stdlib.Int.succ (Stdlib.Int.succ
       (Stdlib.Int.succ (Stdlib.Int.succ (Stdlib.Int.succ (Stdlib.Int.succ
       (Stdlib.Int.succ (Stdlib.Int.succ (Stdlib.Int.succ (Stdlib.Int.succ
       (Stdlib.Int.succ (Stdlib.Int.succ (Stdlib.Int.succ (Stdlib.Int.succ
       (Stdlib.Int.succ (Stdlib.Int.succ (Stdlib.Int.succ (Stdlib.Int.succ
       (Stdlib.Int.succ (Stdlib.Int.succ (Stdlib.Int.succ (Stdlib.Int.succ
       (Stdlib.Int.succ (Stdlib.Int.succ (Stdlib.Int.succ (Stdlib.Int.succ
       (Stdlib.Int.succ (Stdlib.Int.succ (Stdlib.Int.succ (Stdlib.Int.succ
       (Stdlib.Int.succ (Stdlib.Int.succ (Stdlib.Int.succ (Stdlib.Int.succ
       (Stdlib.Int.succ (Stdlib.Int.succ (Stdlib.Int.succ (Stdlib.Int.succ
       (Stdlib.Int.succ (Stdlib.Int.succ (Stdlib.Int.succ (Stdlib.Int.succ
       (Stdlib.Int.succ (Stdlib.Int.succ (Stdlib.Int.succ (Stdlib.Int.succ
       (Stdlib.Int.succ (Stdlib.Int.succ (Stdlib.Int.succ (Stdlib.Int.succ
       (Stdlib.Int.succ (Stdlib.Int.succ (Stdlib.Int.succ (Stdlib.Int.succ
       (Stdlib.Int.succ (Stdlib.Int.succ (Stdlib.Int.succ (Stdlib.Int.succ
       (Stdlib.Int.succ (Stdlib.Int.succ (Stdlib.Int.succ (Stdlib.Int.succ
       (Stdlib.Int.succ (Stdlib.Int.succ (Stdlib.Int.succ (Stdlib.Int.succ
       (Stdlib.Int.succ (Stdlib.Int.succ (Stdlib.Int.succ (Stdlib.Int.succ
       (Stdlib.Int.succ (Stdlib.Int.succ (Stdlib.Int.succ (Stdlib.Int.succ
       (Stdlib.Int.succ (Stdlib.Int.succ (Stdlib.Int.succ (Stdlib.Int.succ
       (Stdlib.Int.succ (Stdlib.Int.succ (Stdlib.Int.succ (Stdlib.Int.succ
       (Stdlib.Int.succ (Stdlib.Int.succ (Stdlib.Int.succ (Stdlib.Int.succ
       (Stdlib.Int.succ (Stdlib.Int.succ (Stdlib.Int.succ (Stdlib.Int.succ
       (Stdlib.Int.succ (Stdlib.Int.succ (Stdlib.Int.succ (Stdlib.Int.succ
       (Stdlib.Int.succ (Stdlib.Int.succ (Stdlib.Int.succ (Stdlib.Int.succ
       (Stdlib.Int.succ (Stdlib.Int.succ (Stdlib.Int.succ (Stdlib.Int.succ
       (Stdlib.Int.succ (Stdlib.Int.succ (Stdlib.Int.succ (Stdlib.Int.succ
       (Stdlib.Int.succ (Stdlib.Int.succ (Stdlib.Int.succ (Stdlib.Int.succ
       (Stdlib.Int.succ (Stdlib.Int.succ (Stdlib.Int.succ (Stdlib.Int.succ
       (Stdlib.Int.succ (Stdlib.Int.succ (Stdlib.Int.succ (Stdlib.Int.succ
       (Stdlib.Int.succ (Stdlib.Int.succ (Stdlib.Int.succ (Stdlib.Int.succ
       (Stdlib.Int.succ (Stdlib.Int.succ (Stdlib.Int.succ (Stdlib.Int.succ
       (Stdlib.Int.succ (Stdlib.Int.succ (Stdlib.Int.succ (Stdlib.Int.succ
       (Stdlib.Int.succ (Stdlib.Int.succ (Stdlib.Int.succ (Stdlib.Int.succ
       (Stdlib.Int.succ (Stdlib.Int.succ (Stdlib.Int.succ (Stdlib.Int.succ
       (Stdlib.Int.succ (Stdlib.Int.succ (Stdlib.Int.succ (Stdlib.Int.succ
       (Stdlib.Int.succ (Stdlib.Int.succ (Stdlib.Int.succ (Stdlib.Int.succ
       (Stdlib.Int.succ (Stdlib.Int.succ (Stdlib.Int.succ (Stdlib.Int.succ
       (Stdlib.Int.succ (Stdlib.Int.succ (Stdlib.Int.succ (Stdlib.Int.succ
       (Stdlib.Int.succ (Stdlib.Int.succ (Stdlib.Int.succ (Stdlib.Int.succ
       (Stdlib.Int.succ (Stdlib.Int.succ (Stdlib.Int.succ (Stdlib.Int.succ
       (Stdlib.Int.succ (Stdlib.Int.succ (Stdlib.Int.succ (Stdlib.Int.succ
       (Stdlib.Int.succ (Stdlib.Int.succ (Stdlib.Int.succ (Stdlib.Int.succ
       (Stdlib.Int.succ (Stdlib.Int.succ (Stdlib.Int.succ (Stdlib.Int.succ
       (Stdlib.Int.succ (Stdlib.Int.succ (Stdlib.Int.succ (Stdlib.Int.succ
       (Stdlib.Int.succ (Stdlib.Int.succ (Stdlib.Int.succ (Stdlib.Int.succ
       (Stdlib.Int.succ (Stdlib.Int.succ (Stdlib.Int.succ (Stdlib.Int.succ
       (Stdlib.Int.succ (Stdlib.Int.succ (Stdlib.Int.succ (Stdlib.Int.succ
       (Stdlib.Int.succ (Stdlib.Int.succ (Stdlib.Int.succ (Stdlib.Int.succ
       (Stdlib.Int.succ (Stdlib.Int.succ (Stdlib.Int.succ (Stdlib.Int.succ
       (Stdlib.Int.succ (Stdlib.Int.succ (Stdlib.Int.succ (Stdlib.Int.succ
       (Stdlib.Int.succ (Stdlib.Int.succ (Stdlib.Int.succ (Stdlib.Int.succ
       (Stdlib.Int.succ (Stdlib.Int.succ (Stdlib.Int.succ (Stdlib.Int.succ
       (Stdlib.Int.succ (Stdlib.Int.succ (Stdlib.Int.succ (Stdlib.Int.succ
       (Stdlib.Int.succ (Stdlib.Int.succ (Stdlib.Int.succ (Stdlib.Int.succ
       (Stdlib.Int.succ (Stdlib.Int.succ
       0))))))))))))))))))))))))))))))))))))))))))))))))))))))))))))))))))))))))))))))))))))))))))))))))))))))))))))))))))))))))))))))))))))))))))))))))))))))))))))))))))))))))))))))))))))))))))))))))))))))))))))))))))))))))))))))))))))))))))))))))))))))))))))))))))))))))))))))))))))))))))))))))))))))))))))))))))))))))))))))))))))))))))))))))))))))))))))))))))))))))))))))))))))))))))))))))))))))))))))))))))))))))))))))))))))))))))))))))))))))))))))))))))))))))))))))))))))))))))))))))))))))))))))))))))))))))))))))))))))))))))))))))))))))))))))))))))))))))))))))))))))))))))))))))))))))))))))))))))))))))))))))))))))))))))))))))))))))))))))))))))))))))))))))))))))))))))))))))))))))))))))))))))))))))))))))))))))))))))))))))))))))))))))))))))))))))))))))))))))))))))))))))))))))))))))))))))))))))))))))))))))))))))))))))))))))))))))))))))))))))))))))))))))))))))))))))))))))))))))))))))))))))))))))))))))))))))))))))))))))))))))))))))))))))))))))))))))))))))))))))))))))))))))))))))))))))))))))))))))))))))))))))))))))))))))))))
  then mulall get fnd f g
  else let (l, f') = parts get f in
       let (m, g') = parts get g in
       if (<=) (add (mul (length l) (length g)) (mul (length f') (length m)))
            (Stdlib.Int.succ (Stdlib.Int.succ (Stdlib.Int.succ
            (Stdlib.Int.succ (Stdlib.Int.succ (Stdlib.Int.succ
            (Stdlib.Int.succ (Stdlib.Int.succ (Stdlib.Int.succ
            (Stdlib.Int.succ (Stdlib.Int.succ (Stdlib.Int.succ
            (Stdlib.Int.succ (Stdlib.Int.succ (Stdlib.Int.succ
            (Stdlib.Int.succ (Stdlib.Int.succ (Stdlib.Int.succ
            (Stdlib.Int.succ (Stdlib.Int.succ (Stdlib.Int.succ
            (Stdlib.Int.succ (Stdlib.Int.succ (Stdlib.Int.succ
            (Stdlib.Int.succ (Stdlib.Int.succ (Stdlib.Int.succ
            (Stdlib.Int.succ (Stdlib.Int.succ (Stdlib.Int.succ
            (Stdlib.Int.succ (Stdlib.Int.succ (Stdlib.Int.succ
            (Stdlib.Int.succ (Stdlib.Int.succ (Stdlib.Int.succ
            (Stdlib.Int.succ (Stdlib.Int.succ (Stdlib.Int.succ
            (Stdlib.Int.succ (Stdlib.Int.succ (Stdlib.Int.succ
            (Stdlib.Int.succ (Stdlib.Int.succ (Stdlib.Int.succ
            (Stdlib.Int.succ (Stdlib.Int.succ (Stdlib.Int.succ
            (Stdlib.Int.succ (Stdlib.Int.succ (Stdlib.Int.succ
            (Stdlib.Int.succ (Stdlib.Int.succ (Stdlib.Int.succ
            (Stdlib.Int.succ (Stdlib.Int.succ (Stdlib.Int.succ
            (Stdlib.Int.succ (Stdlib.Int.succ (Stdlib.Int.succ
            (Stdlib.Int.succ (Stdlib.Int.succ (Stdlib.Int.succ
            (Stdlib.Int.succ (Stdlib.Int.succ (Stdlib.Int.succ
            (Stdlib.Int.succ (Stdlib.Int.succ (Stdlib.Int.succ
            (Stdlib.Int.succ (Stdlib.Int.succ (Stdlib.Int.succ
            (Stdlib.Int.succ (Stdlib.Int.succ (Stdlib.Int.succ
            (Stdlib.Int.succ (Stdlib.Int.succ (Stdlib.Int.succ
            (Stdlib.Int.succ (Stdlib.Int.succ (Stdlib.Int.succ
            (Stdlib.Int.succ (Stdlib.Int.succ (Stdlib.Int.succ
            (Stdlib.Int.succ (Stdlib.Int.succ (Stdlib.Int.succ
            (Stdlib.Int.succ (Stdlib.Int.succ (Stdlib.Int.succ
            (Stdlib.Int.succ (Stdlib.Int.succ (Stdlib.Int.succ
            (Stdlib.Int.succ (Stdlib.Int.succ (Stdlib.Int.succ
            (Stdlib.Int.succ (Stdlib.Int.succ (Stdlib.Int.succ
            (Stdlib.Int.succ (Stdlib.Int.succ (Stdlib.Int.succ
            (Stdlib.Int.succ (Stdlib.Int.succ (Stdlib.Int.succ
            (Stdlib.Int.succ (Stdlib.Int.succ (Stdlib.Int.succ
            (Stdlib.Int.succ (Stdlib.Int.succ (Stdlib.Int.succ
            (Stdlib.Int.succ (Stdlib.Int.succ (Stdlib.Int.succ
            (Stdlib.Int.succ (Stdlib.Int.succ (Stdlib.Int.succ
            (Stdlib.Int.succ (Stdlib.Int.succ (Stdlib.Int.succ
            (Stdlib.Int.succ (Stdlib.Int.succ (Stdlib.Int.succ
            (Stdlib.Int.succ (Stdlib.Int.succ (Stdlib.Int.succ
            (Stdlib.Int.succ (Stdlib.Int.succ (Stdlib.Int.succ
            (Stdlib.Int.succ (Stdlib.Int.succ (Stdlib.Int.succ
            (Stdlib.Int.succ (Stdlib.Int.succ (Stdlib.Int.succ
            (Stdlib.Int.succ (Stdlib.Int.succ (Stdlib.Int.succ
            (Stdlib.Int.succ (Stdlib.Int.succ (Stdlib.Int.succ
            (Stdlib.Int.succ (Stdlib.Int.succ (Stdlib.Int.succ
            (Stdlib.Int.succ (Stdlib.Int.succ (Stdlib.Int.succ
            (Stdlib.Int.succ (Stdlib.Int.succ (Stdlib.Int.succ
            (Stdlib.Int.succ (Stdlib.Int.succ (Stdlib.Int.succ
            (Stdlib.Int.succ (Stdlib.Int.succ (Stdlib.Int.succ
            (Stdlib.Int.succ (Stdlib.Int.succ (Stdlib.Int.succ
            (Stdlib.Int.succ (Stdlib.Int.succ (Stdlib.Int.succ
            (Stdlib.Int.succ (Stdlib.Int.succ (Stdlib.Int.succ
            (Stdlib.Int.succ (Stdlib.Int.succ (Stdlib.Int.succ
            (Stdlib.Int.succ (Stdlib.Int.succ (Stdlib.Int.succ
            (Stdlib.Int.succ (Stdlib.Int.succ (Stdlib.Int.succ
            (Stdlib.Int.succ (Stdlib.Int.succ (Stdlib.Int.succ
            (Stdlib.Int.succ (Stdlib.Int.succ (Stdlib.Int.succ
            (Stdlib.Int.succ (Stdlib.Int.succ (Stdlib.Int.succ
            (Stdlib.Int.succ (Stdlib.Int.succ (Stdlib.Int.succ
            (Stdlib.Int.succ (Stdlib.Int.succ (Stdlib.Int.succ
            (Stdlib.Int.succ (Stdlib.Int.succ (Stdlib.Int.succ
            (Stdlib.Int.succ (Stdlib.Int.succ (Stdlib.Int.succ
            (Stdlib.Int.succ (Stdlib.Int.succ (Stdlib.Int.succ
            (Stdlib.Int.succ (Stdlib.Int.succ (Stdlib.Int.succ
            (Stdlib.Int.succ (Stdlib.Int.succ (Stdlib.Int.succ
            (Stdlib.Int.succ (Stdlib.Int.succ (Stdlib.Int.succ
            (Stdlib.Int.succ (Stdlib.Int.succ (Stdlib.Int.succ
            (Stdlib.Int.succ (Stdlib.Int.succ (Stdlib.Int.succ
            (Stdlib.Int.succ (Stdlib.Int.succ (Stdlib.Int.succ
            (Stdlib.Int.succ (Stdlib.Int.succ (Stdlib.Int.succ
            (Stdlib.Int.succ (Stdlib.Int.succ (Stdlib.Int.succ
            (Stdlib.Int.succ (Stdlib.Int.succ (Stdlib.Int.succ
            (Stdlib.Int.succ (Stdlib.Int.succ (Stdlib.Int.succ
            (Stdlib.Int.succ (Stdlib.Int.succ (Stdlib.Int.succ
            (Stdlib.Int.succ (Stdlib.Int.succ (Stdlib.Int.succ
            (Stdlib.Int.succ (Stdlib.Int.succ (Stdlib.Int.succ
            (Stdlib.Int.succ (Stdlib.Int.succ (Stdlib.Int.succ
            (Stdlib.Int.succ (Stdlib.Int.succ (Stdlib.Int.succ
            (Stdlib.Int.succ (Stdlib.Int.succ (Stdlib.Int.succ
            (Stdlib.Int.succ (Stdlib.Int.succ (Stdlib.Int.succ
            (Stdlib.Int.succ (Stdlib.Int.succ (Stdlib.Int.succ
            (Stdlib.Int.succ (Stdlib.Int.succ (Stdlib.Int.succ
            (Stdlib.Int.succ (Stdlib.Int.succ (Stdlib.Int.succ
            (Stdlib.Int.succ (Stdlib.Int.succ (Stdlib.Int.succ
            (Stdlib.Int.succ (Stdlib.Int.succ (Stdlib.Int.succ
            (Stdlib.Int.succ (Stdlib.Int.succ (Stdlib.Int.succ
            (Stdlib.Int.succ (Stdlib.Int.succ (Stdlib.Int.succ
            (Stdlib.Int.succ (Stdlib.Int.succ (Stdlib.Int.succ
            (Stdlib.Int.succ (Stdlib.Int.succ (Stdlib.Int.succ
            (Stdlib.Int.succ (Stdlib.Int.succ (Stdlib.Int.succ
            (Stdlib.Int.succ (Stdlib.Int.succ (Stdlib.Int.succ
            (Stdlib.Int.succ (Stdlib.Int.succ (Stdlib.Int.succ
            (Stdlib.Int.succ (Stdlib.Int.succ (Stdlib.Int.succ
            (Stdlib.Int.succ (Stdlib.Int.succ (Stdlib.Int.succ
            (Stdlib.Int.succ (Stdlib.Int.succ (Stdlib.Int.succ
            (Stdlib.Int.succ (Stdlib.Int.succ (Stdlib.Int.succ
            (Stdlib.Int.succ (Stdlib.Int.succ (Stdlib.Int.succ
            (Stdlib.Int.succ (Stdlib.Int.succ (Stdlib.Int.succ
            (Stdlib.Int.succ (Stdlib.Int.succ (Stdlib.Int.succ
            (Stdlib.Int.succ (Stdlib.Int.succ (Stdlib.Int.succ
            (Stdlib.Int.succ (Stdlib.Int.succ (Stdlib.Int.succ
            (Stdlib.Int.succ (Stdlib.Int.succ (Stdlib.Int.succ
            (Stdlib.Int.succ (Stdlib.Int.succ (Stdlib.Int.succ
            (Stdlib.Int.succ (Stdlib.Int.succ (Stdlib.Int.succ
            (Stdlib.Int.succ (Stdlib.Int.succ (Stdlib.Int.succ
            (Stdlib.Int.succ (Stdlib.Int.succ (Stdlib.Int.succ
            (Stdlib.Int.succ (Stdlib.Int.succ (Stdlib.Int.succ
            (Stdlib.Int.succ (Stdlib.Int.succ (Stdlib.Int.succ
            (Stdlib.Int.succ (Stdlib.Int.succ (Stdlib.Int.succ
            (Stdlib.Int.succ (Stdlib.Int.succ (Stdlib.Int.succ
            (Stdlib.Int.succ (Stdlib.Int.succ (Stdlib.Int.succ
            (Stdlib.Int.succ (Stdlib.Int.succ (Stdlib.Int.succ
            (Stdlib.Int.succ (Stdlib.Int.succ (Stdlib.Int.succ
            (Stdlib.Int.succ (Stdlib.Int.succ (Stdlib.Int.succ
            (Stdlib.Int.succ (Stdlib.Int.succ (Stdlib.Int.succ
            (Stdlib.Int.succ (Stdlib.Int.succ (Stdlib.Int.succ
            (Stdlib.Int.succ (Stdlib.Int.succ (Stdlib.Int.succ
            (Stdlib.Int.succ (Stdlib.Int.succ (Stdlib.Int.succ
            (Stdlib.Int.succ (Stdlib.Int.succ (Stdlib.Int.succ
            (Stdlib.Int.succ (Stdlib.Int.succ (Stdlib.Int.succ
            (Stdlib.Int.succ (Stdlib.Int.succ (Stdlib.Int.succ
            (Stdlib.Int.succ (Stdlib.Int.succ (Stdlib.Int.succ
            (Stdlib.Int.succ (Stdlib.Int.succ (Stdlib.Int.succ
            (Stdlib.Int.succ (Stdlib.Int.succ (Stdlib.Int.succ
            (Stdlib.Int.succ (Stdlib.Int.succ (Stdlib.Int.succ
            (Stdlib.Int.succ (Stdlib.Int.succ (Stdlib.Int.succ
            (Stdlib.Int.succ (Stdlib.Int.succ (Stdlib.Int.succ
            (Stdlib.Int.succ (Stdlib.Int.succ (Stdlib.Int.succ
            (Stdlib.Int.succ (Stdlib.Int.succ (Stdlib.Int.succ
            (Stdlib.Int.succ (Stdlib.Int.succ (Stdlib.Int.succ
            (Stdlib.Int.succ (Stdlib.Int.succ (Stdlib.Int.succ
            (Stdlib.Int.succ (Stdlib.Int.succ (Stdlib.Int.succ
            (Stdlib.Int.succ (Stdlib.Int.succ (Stdlib.Int.succ
            (Stdlib.Int.succ (Stdlib.Int.succ (Stdlib.Int.succ
            (Stdlib.Int.succ (Stdlib.Int.succ (Stdlib.Int.succ
            (Stdlib.Int.succ (Stdlib.Int.succ (Stdlib.Int.succ
            (Stdlib.Int.succ (Stdlib.Int.succ (Stdlib.Int.succ
            (Stdlib.Int.succ (Stdlib.Int.succ (Stdlib.Int.succ
            (Stdlib.Int.succ (Stdlib.Int.succ (Stdlib.Int.succ
            (Stdlib.Int.succ (Stdlib.Int.succ (Stdlib.Int.succ
            (Stdlib.Int.succ (Stdlib.Int.succ (Stdlib.Int.succ
            (Stdlib.Int.succ (Stdlib.Int.succ (Stdlib.Int.succ
            (Stdlib.Int.succ (Stdlib.Int.succ (Stdlib.Int.succ
            (Stdlib.Int.succ (Stdlib.Int.succ (Stdlib.Int.succ
            (Stdlib.Int.succ (Stdlib.Int.succ (Stdlib.Int.succ
            (Stdlib.Int.succ (Stdlib.Int.succ (Stdlib.Int.succ
            (Stdlib.Int.succ (Stdlib.Int.succ (Stdlib.Int.succ
            (Stdlib.Int.succ (Stdlib.Int.succ (Stdlib.Int.succ
            (Stdlib.Int.succ (Stdlib.Int.succ (Stdlib.Int.succ
            (Stdlib.Int.succ (Stdlib.Int.succ (Stdlib.Int.succ
            (Stdlib.Int.succ (Stdlib.Int.succ (Stdlib.Int.succ
            (Stdlib.Int.succ (Stdlib.Int.succ (Stdlib.Int.succ
            (Stdlib.Int.succ (Stdlib.Int.succ (Stdlib.Int.succ
            (Stdlib.Int.succ (Stdlib.Int.succ (Stdlib.Int.succ
            (Stdlib.Int.succ (Stdlib.Int.succ (Stdlib.Int.succ
            (Stdlib.Int.succ (Stdlib.Int.succ (Stdlib.Int.succ
            (Stdlib.Int.succ (Stdlib.Int.succ (Stdlib.Int.succ
            (Stdlib.Int.succ (Stdlib.Int.succ (Stdlib.Int.succ
            (Stdlib.Int.succ (Stdlib.Int.succ (Stdlib.Int.succ
            (Stdlib.Int.succ (Stdlib.Int.succ (Stdlib.Int.succ
            (Stdlib.Int.succ (Stdlib.Int.succ (Stdlib.Int.succ
            (Stdlib.Int.succ (Stdlib.Int.succ (Stdlib.Int.succ
            (Stdlib.Int.succ (Stdlib.Int.succ (Stdlib.Int.succ
            (Stdlib.Int.succ (Stdlib.Int.succ (Stdlib.Int.succ
            (Stdlib.Int.succ (Stdlib.Int.succ (Stdlib.Int.succ
            (Stdlib.Int.succ (Stdlib.Int.succ (Stdlib.Int.succ
            (Stdlib.Int.succ (Stdlib.Int.succ (Stdlib.Int.succ
            (Stdlib.Int.succ (Stdlib.Int.succ (Stdlib.Int.succ
            (Stdlib.Int.succ (Stdlib.Int.succ (Stdlib.Int.succ
            (Stdlib.Int.succ (Stdlib.Int.succ (Stdlib.Int.succ
            (Stdlib.Int.succ (Stdlib.Int.succ (Stdlib.Int.succ
            (Stdlib.Int.succ (Stdlib.Int.succ (Stdlib.Int.succ
            (Stdlib.Int.succ (Stdlib.Int.succ (Stdlib.Int.succ
            (Stdlib.Int.succ (Stdlib.Int.succ (Stdlib.Int.succ
            (Stdlib.Int.succ (Stdlib.Int.succ (Stdlib.Int.succ
            (Stdlib.Int.succ (Stdlib.Int.succ (Stdlib.Int.succ
            (Stdlib.Int.succ (Stdlib.Int.succ (Stdlib.Int.succ
            (Stdlib.Int.succ (Stdlib.Int.succ (Stdlib.Int.succ
            (Stdlib.Int.succ (Stdlib.Int.succ (Stdlib.Int.succ
            (Stdlib.Int.succ (Stdlib.Int.succ (Stdlib.Int.succ
            (Stdlib.Int.succ (Stdlib.Int.succ (Stdlib.Int.succ
            (Stdlib.Int.succ (Stdlib.Int.succ (Stdlib.Int.succ
            (Stdlib.Int.succ (Stdlib.Int.succ (Stdlib.Int.succ
            (Stdlib.Int.succ (Stdlib.Int.succ (Stdlib.Int.succ
            (Stdlib.Int.succ (Stdlib.Int.succ (Stdlib.Int.succ
            (Stdlib.Int.succ (Stdlib.Int.succ (Stdlib.Int.succ
            (Stdlib.Int.succ (Stdlib.Int.succ (Stdlib.Int.succ
            (Stdlib.Int.succ (Stdlib.Int.succ (Stdlib.Int.succ
            (Stdlib.Int.succ (Stdlib.Int.succ (Stdlib.Int.succ
            (Stdlib.Int.succ (Stdlib.Int.succ (Stdlib.Int.succ
            (Stdlib.Int.succ (Stdlib.Int.succ (Stdlib.Int.succ
            (Stdlib.Int.succ (Stdlib.Int.succ (Stdlib.Int.succ
            (Stdlib.Int.succ (Stdlib.Int.succ (Stdlib.Int.succ
            (Stdlib.Int.succ (Stdlib.Int.succ (Stdlib.Int.succ
            (Stdlib.Int.succ (Stdlib.Int.succ (Stdlib.Int.succ
            (Stdlib.Int.succ (Stdlib.Int.succ (Stdlib.Int.succ
            (Stdlib.Int.succ (Stdlib.Int.succ (Stdlib.Int.succ
            (Stdlib.Int.succ (Stdlib.Int.succ (Stdlib.Int.succ
            (Stdlib.Int.succ (Stdlib.Int.succ (Stdlib.Int.succ
            (Stdlib.Int.succ (Stdlib.Int.succ (Stdlib.Int.succ
            (Stdlib.Int.succ (Stdlib.Int.succ (Stdlib.Int.succ
            (Stdlib.Int.succ (Stdlib.Int.succ (Stdlib.Int.succ
            (Stdlib.Int.succ (Stdlib.Int.succ (Stdlib.Int.succ
            (Stdlib.Int.succ (Stdlib.Int.succ (Stdlib.Int.succ
            (Stdlib.Int.succ (Stdlib.Int.succ (Stdlib.Int.succ
            (Stdlib.Int.succ (Stdlib.Int.succ (Stdlib.Int.succ
            (Stdlib.Int.succ (Stdlib.Int.succ (Stdlib.Int.succ
            (Stdlib.Int.succ (Stdlib.Int.succ (Stdlib.Int.succ
            (Stdlib.Int.succ (Stdlib.Int.succ (Stdlib.Int.succ
            (Stdlib.Int.succ (Stdlib.Int.succ (Stdlib.Int.succ
            (Stdlib.Int.succ (Stdlib.Int.succ (Stdlib.Int.succ
            (Stdlib.Int.succ (Stdlib.Int.succ (Stdlib.Int.succ
            (Stdlib.Int.succ (Stdlib.Int.succ (Stdlib.Int.succ
            (Stdlib.Int.succ (Stdlib.Int.succ (Stdlib.Int.succ
            (Stdlib.Int.succ (Stdlib.Int.succ (Stdlib.Int.succ
            (Stdlib.Int.succ (Stdlib.Int.succ (Stdlib.Int.succ
            (Stdlib.Int.succ (Stdlib.Int.succ (Stdlib.Int.succ
            (Stdlib.Int.succ (Stdlib.Int.succ (Stdlib.Int.succ
            (Stdlib.Int.succ (Stdlib.Int.succ (Stdlib.Int.succ
            (Stdlib.Int.succ (Stdlib.Int.succ (Stdlib.Int.succ
            (Stdlib.Int.succ (Stdlib.Int.succ (Stdlib.Int.succ
            (Stdlib.Int.succ (Stdlib.Int.succ (Stdlib.Int.succ
            (Stdlib.Int.succ (Stdlib.Int.succ (Stdlib.Int.succ
            (Stdlib.Int.succ (Stdlib.Int.succ (Stdlib.Int.succ
            (Stdlib.Int.succ (Stdlib.Int.succ (Stdlib.Int.succ
            (Stdlib.Int.succ (Stdlib.Int.succ (Stdlib.Int.succ
            (Stdlib.Int.succ (Stdlib.Int.succ (Stdlib.Int.succ
            (Stdlib.Int.succ (Stdlib.Int.succ (Stdlib.Int.succ
            (Stdlib.Int.succ (Stdlib.Int.succ (Stdlib.Int.succ
            (Stdlib.Int.succ (Stdlib.Int.succ (Stdlib.Int.succ
            (Stdlib.Int.succ (Stdlib.Int.succ (Stdlib.Int.succ
            (Stdlib.Int.succ (Stdlib.Int.succ (Stdlib.Int.succ
            (Stdlib.Int.succ (Stdlib.Int.succ (Stdlib.Int.succ
            (Stdlib.Int.succ (Stdlib.Int.succ (Stdlib.Int.succ
            (Stdlib.Int.succ (Stdlib.Int.succ (Stdlib.Int.succ
            (Stdlib.Int.succ (Stdlib.Int.succ (Stdlib.Int.succ
            (Stdlib.Int.succ (Stdlib.Int.succ (Stdlib.Int.succ
            (Stdlib.Int.succ (Stdlib.Int.succ (Stdlib.Int.succ
            (Stdlib.Int.succ (Stdlib.Int.succ (Stdlib.Int.succ
            (Stdlib.Int.succ (Stdlib.Int.succ (Stdlib.Int.succ
            (Stdlib.Int.succ (Stdlib.Int.succ (Stdlib.Int.succ
            (Stdlib.Int.succ (Stdlib.Int.succ (Stdlib.Int.succ
            (Stdlib.Int.succ (Stdlib.Int.succ (Stdlib.Int.succ
            (Stdlib.Int.succ (Stdlib.Int.succ (Stdlib.Int.succ
            (Stdlib.Int.succ (Stdlib.Int.succ (Stdlib.Int.succ
            (Stdlib.Int.succ (Stdlib.Int.succ (Stdlib.Int.succ
            (Stdlib.Int.succ (Stdlib.Int.succ (Stdlib.Int.succ
            (Stdlib.Int.succ (Stdlib.Int.succ (Stdlib.Int.succ
            (Stdlib.Int.succ (Stdlib.Int.succ (Stdlib.Int.succ
            (Stdlib.Int.succ (Stdlib.Int.succ (Stdlib.Int.succ
            (Stdlib.Int.succ (Stdlib.Int.succ (Stdlib.Int.succ
            (Stdlib.Int.succ (Stdlib.Int.succ (Stdlib.Int.succ
            (Stdlib.Int.succ (Stdlib.Int.succ (Stdlib.Int.succ
            (Stdlib.Int.succ (Stdlib.Int.succ (Stdlib.Int.succ
            (Stdlib.Int.succ (Stdlib.Int.succ (Stdlib.Int.succ
            (Stdlib.Int.succ (Stdlib.Int.succ (Stdlib.Int.succ
            (Stdlib.Int.succ (Stdlib.Int.succ (Stdlib.Int.succ
            (Stdlib.Int.succ (Stdlib.Int.succ (Stdlib.Int.succ
            (Stdlib.Int.succ (Stdlib.Int.succ (Stdlib.Int.succ
            (Stdlib.Int.succ (Stdlib.Int.succ (Stdlib.Int.succ
            (Stdlib.Int.succ (Stdlib.Int.succ (Stdlib.Int.succ
            (Stdlib.Int.succ (Stdlib.Int.succ (Stdlib.Int.succ
            (Stdlib.Int.succ (Stdlib.Int.succ (Stdlib.Int.succ
            (Stdlib.Int.succ (Stdlib.Int.succ (Stdlib.Int.succ
            (Stdlib.Int.succ (Stdlib.Int.succ (Stdlib.Int.succ
            (Stdlib.Int.succ (Stdlib.Int.succ (Stdlib.Int.succ
            (Stdlib.Int.succ (Stdlib.Int.succ (Stdlib.Int.succ
            (Stdlib.Int.succ (Stdlib.Int.succ (Stdlib.Int.succ
            (Stdlib.Int.succ (Stdlib.Int.succ (Stdlib.Int.succ
            (Stdlib.Int.succ (Stdlib.Int.succ (Stdlib.Int.succ
            (Stdlib.Int.succ (Stdlib.Int.succ (Stdlib.Int.succ
            (Stdlib.Int.succ (Stdlib.Int.succ (Stdlib.Int.succ
            (Stdlib.Int.succ (Stdlib.Int.succ (Stdlib.Int.succ
            (Stdlib.Int.succ (Stdlib.Int.succ (Stdlib.Int.succ
            (Stdlib.Int.succ (Stdlib.Int.succ (Stdlib.Int.succ
            (Stdlib.Int.succ (Stdlib.Int.succ (Stdlib.Int.succ
            (Stdlib.Int.succ (Stdlib.Int.succ (Stdlib.Int.succ
            (Stdlib.Int.succ (Stdlib.Int.succ (Stdlib.Int.succ
            (Stdlib.Int.succ (Stdlib.Int.succ (Stdlib.Int.succ
            (Stdlib.Int.succ (Stdlib.Int.succ (Stdlib.Int.succ
            (Stdlib.Int.succ (Stdlib.Int.succ (Stdlib.Int.succ
            (Stdlib.Int.succ (Stdlib.Int.succ (Stdlib.Int.succ
            (Stdlib.Int.succ (Stdlib.Int.succ (Stdlib.Int.succ
            (Stdlib.Int.succ (Stdlib.Int.succ (Stdlib.Int.succ
            (Stdlib.Int.succ (Stdlib.Int.succ (Stdlib.Int.succ
            (Stdlib.Int.succ (Stdlib.Int.succ (Stdlib.Int.succ
            (Stdlib.Int.succ (Stdlib.Int.succ (Stdlib.Int.succ
            (Stdlib.Int.succ (Stdlib.Int.succ (Stdlib.Int.succ
            (Stdlib.Int.succ (Stdlib.Int.succ (Stdlib.Int.succ
            (Stdlib.Int.succ (Stdlib.Int.succ (Stdlib.Int.succ
            (Stdlib.Int.succ (Stdlib.Int.succ (Stdlib.Int.succ
            (Stdlib.Int.succ (Stdlib.Int.succ (Stdlib.Int.succ
            (Stdlib.Int.succ (Stdlib.Int.succ (Stdlib.Int.succ
            (Stdlib.Int.succ (Stdlib.Int.succ (Stdlib.Int.succ
            (Stdlib.Int.succ (Stdlib.Int.succ (Stdlib.Int.succ
            (Stdlib.Int.succ (Stdlib.Int.succ (Stdlib.Int.succ
            (Stdlib.Int.succ (Stdlib.Int.succ (Stdlib.Int.succ
            (Stdlib.Int.succ (Stdlib.Int.succ (Stdlib.Int.succ
            (Stdlib.Int.succ (Stdlib.Int.succ (Stdlib.Int.succ
            (Stdlib.Int.succ (Stdlib.Int.succ (Stdlib.Int.succ
            (Stdlib.Int.succ (Stdlib.Int.succ (Stdlib.Int.succ
            (Stdlib.Int.succ (Stdlib.Int.succ (Stdlib.Int.succ
            (Stdlib.Int.succ (Stdlib.Int.succ (Stdlib.Int.succ
            (Stdlib.Int.succ (Stdlib.Int.succ (Stdlib.Int.succ
            (Stdlib.Int.succ (Stdlib.Int.succ (Stdlib.Int.succ
            (Stdlib.Int.succ (Stdlib.Int.succ (Stdlib.Int.succ
            (Stdlib.Int.succ (Stdlib.Int.succ (Stdlib.Int.succ
            (Stdlib.Int.succ (Stdlib.Int.succ (Stdlib.Int.succ
            (Stdlib.Int.succ (Stdlib.Int.succ (Stdlib.Int.succ
            (Stdlib.Int.succ (Stdlib.Int.succ (Stdlib.Int.succ
            (Stdlib.Int.succ (Stdlib.Int.succ (Stdlib.Int.succ
            (Stdlib.Int.succ (Stdlib.Int.succ (Stdlib.Int.succ
            (Stdlib.Int.succ (Stdlib.Int.succ (Stdlib.Int.succ
            (Stdlib.Int.succ (Stdlib.Int.succ (Stdlib.Int.succ
            (Stdlib.Int.succ (Stdlib.Int.succ (Stdlib.Int.succ
            (Stdlib.Int.succ (Stdlib.Int.succ (Stdlib.Int.succ
            (Stdlib.Int.succ (Stdlib.Int.succ (Stdlib.Int.succ
            (Stdlib.Int.succ (Stdlib.Int.succ (Stdlib.Int.succ
            (Stdlib.Int.succ (Stdlib.Int.succ (Stdlib.Int.succ
            (Stdlib.Int.succ (Stdlib.Int.succ (Stdlib.Int.succ
            (Stdlib.Int.succ (Stdlib.Int.succ (Stdlib.Int.succ
            (Stdlib.Int.succ (Stdlib.Int.succ (Stdlib.Int.succ
            (Stdlib.Int.succ (Stdlib.Int.succ (Stdlib.Int.succ
            (Stdlib.Int.succ (Stdlib.Int.succ (Stdlib.Int.succ
            (Stdlib.Int.succ (Stdlib.Int.succ (Stdlib.Int.succ
            (Stdlib.Int.succ (Stdlib.Int.succ (Stdlib.Int.succ
            (Stdlib.Int.succ (Stdlib.Int.succ (Stdlib.Int.succ
            (Stdlib.Int.succ (Stdlib.Int.succ (Stdlib.Int.succ
            (Stdlib.Int.succ (Stdlib.Int.succ (Stdlib.Int.succ
            (Stdlib.Int.succ (Stdlib.Int.succ (Stdlib.Int.succ
            (Stdlib.Int.succ (Stdlib.Int.succ (Stdlib.Int.succ
            (Stdlib.Int.succ (Stdlib.Int.succ (Stdlib.Int.succ
            (Stdlib.Int.succ (Stdlib.Int.succ (Stdlib.Int.succ
            (Stdlib.Int.succ (Stdlib.Int.succ (Stdlib.Int.succ
            (Stdlib.Int.succ (Stdlib.Int.succ (Stdlib.Int.succ
            (Stdlib.Int.succ (Stdlib.Int.succ (Stdlib.Int.succ
            (Stdlib.Int.succ (Stdlib.Int.succ (Stdlib.Int.succ
            (Stdlib.Int.succ (Stdlib.Int.succ (Stdlib.Int.succ
            (Stdlib.Int.succ
            0))))))))))))))))))))))))))))))))))))))))))))))))))))))))))))))))))))))))))))))))))))))))))))))))))))))))))))))))))))))))))))))))))))))))))))))))))))))))))))))))))))))))))))))))))))))))))))))))))))))))))))))))))))))))))))))))))))))))))))))))))))))))))))))))))))))))))))))))))))))))))))))))))))))))))))))))))))))))))))))))))))))))))))))))))))))))))))))))))))))))))))))))))))))))))))))))))))))))))))))))))))))))))))))))))))))))))))))))))))))))))))))))))))))))))))))))))))))))))))))))))))))))))))))))))))))))))))))))))))))))))))))))))))))))))))))))))))))))))))))))))))))))))))))))))))))))))))))))))))))))))))))))))))))))))))))))))))))))))))))))))))))))))))))))))))))))))))))))))))))))))))))))))))))))))))))))))))))))))))))))))))))))))))))))))))))))))))))))))))))))))))))))))))))))))))))))))))))))))))))))))))))))))))))))))))))))))))))))))))))))))))))))))))))))))))))))))))))))))))))))))))))))))))))))))))))))))))))))))))))))))))))))))))))))))))))))))))))))))))))))))))))))))))))))))))))))))))))))))))))))))))))))))))))))))))))))
       then (match mulall get fnd l g with
             | Some a ->
               (match mulall get fnd f' m with
                | Some b ->
                  (match smul0 get fnd f' g' with
                   | Some h -> Some (fadd a (fadd b h))
                   | None -> None)
                | None -> None)
             | None -> None)
       else smul0 get fnd f g

(** val termwise : (Big_int_Z.big_int -> bounds) -> q -> form -> q option **)

let rec termwise bnd acc = function
| [] -> Some acc
| p :: r ->
  let (i, c) = p in
  (match if qle_bool c { qnum = Big_int_Z.zero_big_int; qden =
              Big_int_Z.unit_big_int }
         then snd (bnd i)
         else fst (bnd i) with
   | Some b -> termwise bnd (qred (qplus acc (qmult c b))) r
   | None -> None)

(** val same : Big_int_Z.big_int -> Big_int_Z.big_int -> bool **)

let same i j =
  match Coq_Pos.compare i j with
  | Eq -> true
  | _ -> false

(** val coefficient : Big_int_Z.big_int -> form -> q **)

let rec coefficient i = function
| [] -> { qnum = Big_int_Z.zero_big_int; qden = Big_int_Z.unit_big_int }
| p :: r -> let (j, c) = p in if same i j then c else coefficient i r

(** val flip :
    (Big_int_Z.big_int -> def option) -> (Big_int_Z.big_int -> bounds) ->
    Big_int_Z.big_int -> form -> (q * form) option **)

let flip get bnd r f =
  match get r with
  | Some d ->
    (match d with
     | DRelu g ->
       let c = coefficient r f in
       let rest = fadd (fadd f ((r, (qopp c)) :: [])) (fscale c g) in
       if qle_bool c { qnum = Big_int_Z.zero_big_int; qden =
            Big_int_Z.unit_big_int }
       then (match termwise bnd { qnum = Big_int_Z.zero_big_int; qden =
                     Big_int_Z.unit_big_int } g with
             | Some b ->
               Some
                 ((qred
                    (qmult c
                      (larger { qnum = Big_int_Z.zero_big_int; qden =
                        Big_int_Z.unit_big_int } (qopp b)))), rest)
             | None -> None)
       else Some ({ qnum = Big_int_Z.zero_big_int; qden =
              Big_int_Z.unit_big_int }, rest)
     | _ -> None)
  | None -> None

(** val single : form -> Big_int_Z.big_int option **)

let single = function
| [] -> None
| p :: l ->
  let (i, c) = p in
  (match l with
   | [] ->
     if qeq_bool c { qnum = Big_int_Z.unit_big_int; qden =
          Big_int_Z.unit_big_int }
     then Some i
     else None
   | _ :: _ -> None)

(** val factors :
    (Big_int_Z.big_int -> def option) -> Big_int_Z.big_int ->
    (Big_int_Z.big_int * Big_int_Z.big_int) option **)

let factors get i =
  match get i with
  | Some d ->
    (match d with
     | DMul (g, h) ->
       (match single g with
        | Some p ->
          (match single h with
           | Some q0 -> Some (p, q0)
           | None -> None)
        | None -> None)
     | _ -> None)
  | None -> None

(** val cofactor :
    (Big_int_Z.big_int -> def option) -> Big_int_Z.big_int ->
    Big_int_Z.big_int -> Big_int_Z.big_int option **)

let cofactor get a i =
  if same a i
  then Some Big_int_Z.unit_big_int
  else (match factors get i with
        | Some p0 ->
          let (p, q0) = p0 in
          if same p a then Some q0 else if same q0 a then Some p else None
        | None -> None)

(** val split :
    (Big_int_Z.big_int -> def option) -> Big_int_Z.big_int -> form ->
    form * form **)

let rec split get a = function
| [] -> ([], [])
| p :: t0 ->
  let (i, c) = p in
  let (cof, rest) = split get a t0 in
  (match cofactor get a i with
   | Some b -> ((fadd ((b, c) :: []) cof), rest)
   | None -> (cof, ((i, c) :: rest)))

(** val at_least_0 : q option -> bool **)

let at_least_0 = function
| Some q0 ->
  qle_bool { qnum = Big_int_Z.zero_big_int; qden = Big_int_Z.unit_big_int } q0
| None -> false

(** val expanded :
    (Big_int_Z.big_int -> def option) -> (def -> Big_int_Z.big_int option) ->
    Big_int_Z.big_int -> form option **)

let expanded get fnd i =
  match get i with
  | Some d ->
    (match d with
     | DMul (g, h) -> smul get fnd g h
     | DSum g -> Some g
     | _ -> None)
  | None -> None

(** val parallel :
    (Big_int_Z.big_int -> def option) -> form -> form -> piece list * form **)

let rec parallel get f = function
| [] -> ([], [])
| p :: r ->
  let (i, w) = p in
  let (l, rest) = parallel get f r in
  (match get i with
   | Some d ->
     (match d with
      | DRelu h ->
        let a = qred (qmult (coefficient (lid f) h) (qinv (lead f))) in
        let b = coefficient Big_int_Z.unit_big_int h in
        if feqb h (fadd (fscale a f) (fconst b))
        then (((w, (a, b)) :: l), rest)
        else (l, ((i, w) :: rest))
      | _ -> (l, ((i, w) :: rest)))
   | None -> (l, ((i, w) :: rest)))

(** val regrouped :
    (Big_int_Z.big_int -> def option) -> (Big_int_Z.big_int -> bounds) ->
    (def -> Big_int_Z.big_int option) -> q -> move list -> q -> form -> q
    option **)

let rec regrouped get bnd fnd k ms acc f =
  match ms with
  | [] -> termwise bnd acc f
  | m :: ms' ->
    (match m with
     | Flip r ->
       (match flip get bnd r f with
        | Some p ->
          let (t0, f') = p in
          regrouped get bnd fnd k ms' (qred (qplus acc t0)) f'
        | None -> None)
     | Group a ->
       let (cof, rest) = split get a f in
       (match fst (bnd a) with
        | Some l ->
          (match termwise bnd { qnum = Big_int_Z.zero_big_int; qden =
                   Big_int_Z.unit_big_int } cof with
           | Some t0 ->
             if (&&)
                  (qle_bool { qnum = Big_int_Z.zero_big_int; qden =
                    Big_int_Z.unit_big_int } l)
                  (qle_bool { qnum = Big_int_Z.zero_big_int; qden =
                    Big_int_Z.unit_big_int } t0)
             then regrouped get bnd fnd k ms' (qred (qplus acc (qmult l t0)))
                    rest
             else None
           | None -> None)
        | None -> None)
     | Share (i, q0) ->
       let s = qred (qmult q0 k) in
       (match expanded get fnd i with
        | Some p ->
          (match if qle_bool s { qnum = Big_int_Z.zero_big_int; qden =
                      Big_int_Z.unit_big_int }
                 then snd (bnd i)
                 else fst (bnd i) with
           | Some b ->
             regrouped get bnd fnd k ms' (qred (qplus acc (qmult s b)))
               (fadd f (fscale (qopp s) p))
           | None -> None)
        | None -> None)
     | Parallel (i, with_sum) ->
       (match get i with
        | Some d ->
          (match d with
           | DSum g ->
             let (l, others) = parallel get g f in
             let s =
               if with_sum
               then qred (qmult (coefficient (lid g) others) (qinv (lead g)))
               else { qnum = Big_int_Z.zero_big_int; qden =
                      Big_int_Z.unit_big_int }
             in
             (match least s l (fst (bnd i)) (snd (bnd i)) with
              | Some m0 ->
                regrouped get bnd fnd k ms' (qred (qplus acc m0))
                  (fadd others (fscale (qopp s) g))
              | None -> None)
           | _ -> None)
        | None -> None))

(** val best : q option -> q option -> q option **)

let best a b =
  match a with
  | Some p -> (match b with
               | Some q0 -> Some (larger p q0)
               | None -> a)
  | None -> b

(** val low :
    (Big_int_Z.big_int -> def option) -> (Big_int_Z.big_int -> bounds) ->
    (def -> Big_int_Z.big_int option) -> (form -> move list list) -> form ->
    q option **)

let low get bnd fnd wit f =
  fold_left (fun b ms ->
    best b
      (regrouped get bnd fnd (qabs (lead f)) ms { qnum =
        Big_int_Z.zero_big_int; qden = Big_int_Z.unit_big_int } f)) (wit f)
    (termwise bnd { qnum = Big_int_Z.zero_big_int; qden =
      Big_int_Z.unit_big_int } f)

(** val up :
    (Big_int_Z.big_int -> def option) -> (Big_int_Z.big_int -> bounds) ->
    (def -> Big_int_Z.big_int option) -> (form -> move list list) -> form ->
    q option **)

let up get bnd fnd wit f =
  option_map qopp
    (low get bnd fnd wit
      (fscale { qnum = (Big_int_Z.minus_big_int Big_int_Z.unit_big_int);
        qden = Big_int_Z.unit_big_int } f))

(** val nonneg :
    (Big_int_Z.big_int -> def option) -> (Big_int_Z.big_int -> bounds) ->
    (def -> Big_int_Z.big_int option) -> (form -> move list list) -> form ->
    bool **)

let nonneg get bnd fnd wit f =
  at_least_0 (low get bnd fnd wit f)

(** val atleast0 : q option -> q option **)

let atleast0 l =
  Some
    (match l with
     | Some q0 ->
       larger { qnum = Big_int_Z.zero_big_int; qden =
         Big_int_Z.unit_big_int } q0
     | None ->
       { qnum = Big_int_Z.zero_big_int; qden = Big_int_Z.unit_big_int })

(** val product_bounds :
    q option -> q option -> q option -> q option -> bounds **)

let product_bounds gl gu hl hu =
  match gl with
  | Some a ->
    (match gu with
     | Some b ->
       (match hl with
        | Some c ->
          (match hu with
           | Some d ->
             let p = qmult a c in
             let q0 = qmult a d in
             let r = qmult b c in
             let s = qmult b d in
             ((Some (qred (smaller (smaller p q0) (smaller r s)))), (Some
             (qred (larger (larger p q0) (larger r s)))))
           | None ->
             if (&&)
                  (qle_bool { qnum = Big_int_Z.zero_big_int; qden =
                    Big_int_Z.unit_big_int } a)
                  (qle_bool { qnum = Big_int_Z.zero_big_int; qden =
                    Big_int_Z.unit_big_int } c)
             then ((Some (qred (qmult a c))), None)
             else free)
        | None -> free)
     | None ->
       (match hl with
        | Some c ->
          if (&&)
               (qle_bool { qnum = Big_int_Z.zero_big_int; qden =
                 Big_int_Z.unit_big_int } a)
               (qle_bool { qnum = Big_int_Z.zero_big_int; qden =
                 Big_int_Z.unit_big_int } c)
          then ((Some (qred (qmult a c))), None)
          else free
        | None -> free))
  | None -> free

(** val bounds_of :
    (Big_int_Z.big_int -> def option) -> (Big_int_Z.big_int -> bounds) ->
    (def -> Big_int_Z.big_int option) -> (form -> move list list) -> bounds
    list -> bounds list list -> bounds list list -> def -> bounds **)

let bounds_of get bnd fnd wit ins sbs tbs = function
| DOne ->
  ((Some { qnum = Big_int_Z.unit_big_int; qden = Big_int_Z.unit_big_int }),
    (Some { qnum = Big_int_Z.unit_big_int; qden = Big_int_Z.unit_big_int }))
| DIn j -> nth j ins free
| DSt (k, j) -> nth j (nth k sbs []) free
| DTg (k, j) -> nth j (nth k tbs []) free
| DRelu g ->
  ((atleast0 (low get bnd fnd wit g)),
    (option_map
      (larger { qnum = Big_int_Z.zero_big_int; qden =
        Big_int_Z.unit_big_int }) (up get bnd fnd wit g)))
| DMul (g, h) ->
  let b =
    product_bounds (low get bnd fnd wit g) (up get bnd fnd wit g)
      (low get bnd fnd wit h) (up get bnd fnd wit h)
  in
  if feqb g h then ((atleast0 (fst b)), (snd b)) else b
| DSum f -> ((low get bnd fnd wit f), (up get bnd fnd wit f))

(** val srelu :
    (Big_int_Z.big_int -> def option) -> (Big_int_Z.big_int -> bounds) ->
    (def -> Big_int_Z.big_int option) -> (form -> move list list) -> form ->
    form option **)

let srelu get bnd fnd wit f =
  let c = qabs (lead f) in
  let g = fscale (qinv (lead f)) f in
  (match fnd (DRelu g) with
   | Some id ->
     (match get id with
      | Some d ->
        (match d with
         | DRelu g' ->
           if qle_bool { qnum = Big_int_Z.zero_big_int; qden =
                Big_int_Z.unit_big_int } c
           then if feqb (fscale c g') f
                then Some ((id, c) :: [])
                else if feqb (fscale (qopp c) g') f
                     then Some (fadd ((id, c) :: []) f)
                     else None
           else None
         | _ -> None)
      | None -> None)
   | None ->
     if nonneg get bnd fnd wit f
     then Some f
     else if nonneg get bnd fnd wit
               (fscale { qnum = (Big_int_Z.minus_big_int
                 Big_int_Z.unit_big_int); qden = Big_int_Z.unit_big_int } f)
          then Some []
          else None)

(** val mapo : ('a1 -> 'a2 option) -> 'a1 list -> 'a2 list option **)

let rec mapo f = function
| [] -> Some []
| a :: r ->
  (match f a with
   | Some b -> (match mapo f r with
                | Some t0 -> Some (b :: t0)
                | None -> None)
   | None -> None)

(** val map2o :
    ('a1 -> 'a2 -> 'a3 option) -> 'a1 list -> 'a2 list -> 'a3 list option **)

let rec map2o f l m =
  match l with
  | [] -> Some []
  | a :: l' ->
    (match m with
     | [] -> Some []
     | b :: m' ->
       (match f a b with
        | Some c ->
          (match map2o f l' m' with
           | Some t0 -> Some (c :: t0)
           | None -> None)
        | None -> None))

(** val sdot : srow -> form list -> form **)

let rec sdot r v =
  match r with
  | [] -> []
  | p :: r' -> let (i, q0) = p in fadd (fscale q0 (nth i v [])) (sdot r' v)

(** val slin : (srow * q) list -> form list -> form list **)

let slin rows v =
  map (fun rb -> fadd (sdot (fst rb) v) (fconst (snd rb))) rows

(** val sstate :
    ((srow * srow) * q) list -> form list -> form list -> form list **)

let sstate rows s v =
  map (fun r ->
    fadd (fadd (sdot (fst (fst r)) s) (sdot (snd (fst r)) v)) (fconst (snd r)))
    rows

(** val smultv :
    (Big_int_Z.big_int -> def option) -> (def -> Big_int_Z.big_int option) ->
    form list -> form list option **)

let smultv get fnd v =
  let h = Nat.div2 (length v) in map2o (smul get fnd) (firstn h v) (skipn h v)

(** val sop :
    (Big_int_Z.big_int -> def option) -> (Big_int_Z.big_int -> bounds) ->
    (def -> Big_int_Z.big_int option) -> (form -> move list list) -> op ->
    form list -> form list list -> form list list -> form list option **)

let sop get bnd fnd wit o x prev env =
  match o with
  | OInput -> Some x
  | OLin (rows, i) -> Some (slin rows (nth i env []))
  | ORelu i -> mapo (srelu get bnd fnd wit) (nth i env [])
  | OState (rows, i) ->
    Some (sstate rows (nth (length env) prev []) (nth i env []))
  | OPrev k -> Some (nth k prev [])
  | OConcat l -> Some (concat (map (fun i -> nth i env []) l))
  | OMulti i -> smultv get fnd (nth i env [])

(** val sexec :
    (Big_int_Z.big_int -> def option) -> (Big_int_Z.big_int -> bounds) ->
    (def -> Big_int_Z.big_int option) -> (form -> move list list) -> op list
    -> form list -> form list list -> form list list -> form list list option **)

let rec sexec get bnd fnd wit ops x prev env =
  match ops with
  | [] -> Some env
  | o :: r ->
    (match sop get bnd fnd wit o x prev env with
     | Some v -> sexec get bnd fnd wit r x prev (app env (v :: []))
     | None -> None)

module PositiveMap =
 struct
  type key = Big_int_Z.big_int

  type 'a tree =
  | Leaf
  | Node of 'a tree * 'a option * 'a tree

  type 'a t = 'a tree

  (** val empty : 'a1 t **)

  let empty =
    Leaf

  (** val find : key -> 'a1 t -> 'a1 option **)

  let rec find i = function
  | Leaf -> None
  | Node (l, o, r) ->
    ((fun f2p1 f2p f1 p ->
  if Big_int_Z.le_big_int p Big_int_Z.unit_big_int then f1 () else
  let (q,r) = Big_int_Z.quomod_big_int p (Big_int_Z.big_int_of_int 2) in
  if Big_int_Z.eq_big_int r Big_int_Z.zero_big_int then f2p q else f2p1 q)
       (fun ii -> find ii r)
       (fun ii -> find ii l)
       (fun _ -> o)
       i)

  (** val add : key -> 'a1 -> 'a1 t -> 'a1 t **)

  let rec add i v = function
  | Leaf ->
    ((fun f2p1 f2p f1 p ->
  if Big_int_Z.le_big_int p Big_int_Z.unit_big_int then f1 () else
  let (q,r) = Big_int_Z.quomod_big_int p (Big_int_Z.big_int_of_int 2) in
  if Big_int_Z.eq_big_int r Big_int_Z.zero_big_int then f2p q else f2p1 q)
       (fun ii -> Node (Leaf, None, (add ii v Leaf)))
       (fun ii -> Node ((add ii v Leaf), None, Leaf))
       (fun _ -> Node (Leaf, (Some v), Leaf))
       i)
  | Node (l, o, r) ->
    ((fun f2p1 f2p f1 p ->
  if Big_int_Z.le_big_int p Big_int_Z.unit_big_int then f1 () else
  let (q,r) = Big_int_Z.quomod_big_int p (Big_int_Z.big_int_of_int 2) in
  if Big_int_Z.eq_big_int r Big_int_Z.zero_big_int then f2p q else f2p1 q)
       (fun ii -> Node (l, o, (add ii v r)))
       (fun ii -> Node ((add ii v l), o, r))
       (fun _ -> Node (l, (Some v), r))
       i)
 end

type entry = def * bounds

type cert = { inp : (int * int) list; tgt_inp : (int * int) list; cpl : 
              prog; links : int option list list;
              src_links : int option list list;
              src_bounds : bounds list list; tgt_bounds : bounds list list;
              table : entry list }

(** val links_fit : int option list list -> q list list -> int -> bool **)

let rec links_fit lks ini m =
  match lks with
  | [] -> true
  | l :: r ->
    (&&)
      ((&&) ((<=) (length l) (length (hd [] ini)))
        (forallb (fun o -> match o with
                           | Some i -> Nat.ltb i m
                           | None -> true) l)) (links_fit r (tl ini) m)

(** val reads_fit : (int * int) list -> q list list -> bool **)

let reads_fit l ini =
  forallb (fun kj -> Nat.ltb (snd kj) (length (nth (fst kj) ini []))) l

(** val bounds_fit : bounds list list -> q list list -> bool **)

let rec bounds_fit bs ini =
  match bs with
  | [] -> true
  | l :: r ->
    (&&) ((<=) (length l) (length (hd [] ini))) (bounds_fit r (tl ini))

(** val wf_cert : int -> prog -> prog -> cert -> bool **)

let wf_cert n src tgt c =
  (&&)
    ((&&)
      ((&&) ((&&) (wf n src) (wf n tgt))
        (match remembered 0 c.cpl.nodes with
         | [] ->
           (match out_dim (add (length c.inp) (length c.tgt_inp)) c.cpl with
            | Some m ->
              (&&)
                ((&&)
                  ((&&) (reads_fit c.inp src.inits)
                    (reads_fit c.tgt_inp tgt.inits))
                  (links_fit c.links tgt.inits m))
                (links_fit c.src_links src.inits m)
            | None -> false)
         | _ :: _ -> false)) (bounds_fit c.src_bounds src.inits))
    (bounds_fit c.tgt_bounds tgt.inits)

(** val row_holds :
    'a1 -> (bounds -> 'a1 -> bool) -> bounds list -> 'a1 list -> bool **)

let rec row_holds d holds0 l v =
  match l with
  | [] -> true
  | b :: r -> (&&) (holds0 b (hd d v)) (row_holds d holds0 r (tl v))

(** val all_hold :
    'a1 -> (bounds -> 'a1 -> bool) -> bounds list list -> 'a1 list list ->
    bool **)

let rec all_hold d holds0 bs e =
  match bs with
  | [] -> true
  | l :: r ->
    (&&) (row_holds d holds0 l (hd [] e)) (all_hold d holds0 r (tl e))

(** val holds : bounds -> q -> bool **)

let holds b q0 =
  (&&) (match fst b with
        | Some l -> qle_bool l q0
        | None -> true)
    (match snd b with
     | Some u -> qle_bool q0 u
     | None -> true)

(** val hold_at_start : bounds list list -> prog -> bool **)

let hold_at_start bs p =
  all_hold { qnum = Big_int_Z.zero_big_int; qden = Big_int_Z.unit_big_int }
    holds bs p.inits

(** val before :
    (Big_int_Z.big_int -> def option) -> (def -> Big_int_Z.big_int option) ->
    (int -> int -> def) -> int -> q list list -> int option list list -> form
    list -> form list list option **)

let rec before get fnd mk k ini lks c =
  match ini with
  | [] -> Some []
  | v :: r ->
    let l = nth k lks [] in
    (match mapo (fun j ->
             match nth j l None with
             | Some i -> Some (nth i c [])
             | None -> atom get fnd (mk k j)) (seq 0 (length v)) with
     | Some v0 ->
       (match before get fnd mk (Stdlib.Int.succ k) r lks c with
        | Some t0 -> Some (v0 :: t0)
        | None -> None)
     | None -> None)

(** val rd : 'a1 -> (int * int) list -> 'a1 list list -> 'a1 list **)

let rd d l e =
  map (fun kj -> nth (snd kj) (nth (fst kj) e []) d) l

(** val chk_row : int option list -> form list -> form list -> bool **)

let rec chk_row l v c =
  match l with
  | [] -> true
  | o :: r ->
    (&&) (match o with
          | Some i -> feqb (hd [] v) (nth i c [])
          | None -> true) (chk_row r (tl v) c)

(** val chk_links :
    int option list list -> form list list -> form list -> bool **)

let rec chk_links lks e c =
  match lks with
  | [] -> true
  | l :: r -> (&&) (chk_row l (hd [] e) c) (chk_links r (tl e) c)

(** val above :
    (Big_int_Z.big_int -> def option) -> (Big_int_Z.big_int -> bounds) ->
    (def -> Big_int_Z.big_int option) -> (form -> move list list) -> q option
    -> form -> bool **)

let above get bnd fnd wit l f =
  match l with
  | Some q0 ->
    (match low get bnd fnd wit f with
     | Some p -> qle_bool q0 p
     | None -> false)
  | None -> true

(** val chk_bound :
    (Big_int_Z.big_int -> def option) -> (Big_int_Z.big_int -> bounds) ->
    (def -> Big_int_Z.big_int option) -> (form -> move list list) -> bounds
    -> form -> bool **)

let chk_bound get bnd fnd wit b f =
  (&&) (above get bnd fnd wit (fst b) f)
    (above get bnd fnd wit (option_map qopp (snd b))
      (fscale { qnum = (Big_int_Z.minus_big_int Big_int_Z.unit_big_int);
        qden = Big_int_Z.unit_big_int } f))

(** val hold_after :
    (Big_int_Z.big_int -> def option) -> (Big_int_Z.big_int -> bounds) ->
    (def -> Big_int_Z.big_int option) -> (form -> move list list) -> bounds
    list list -> form list list -> bool **)

let hold_after get bnd fnd wit =
  all_hold [] (chk_bound get bnd fnd wit)

(** val sinit : prog -> form list list **)

let sinit p =
  map (map fconst) p.inits

(** val feqv : form list -> form list -> bool **)

let rec feqv u v =
  match u with
  | [] -> (match v with
           | [] -> true
           | _ :: _ -> false)
  | a :: u' ->
    (match v with
     | [] -> false
     | b :: v' -> (&&) (feqb a b) (feqv u' v'))

type step = { src_values : form list list; tgt_values : form list list;
              said_at_start : form list; said_after : form list }

(** val couple :
    (Big_int_Z.big_int -> def option) -> (Big_int_Z.big_int -> bounds) ->
    (def -> Big_int_Z.big_int option) -> (form -> move list list) -> cert ->
    form list -> form list option **)

let couple get bnd fnd wit c read =
  option_map (fun e -> nth c.cpl.out e [])
    (sexec get bnd fnd wit c.cpl.nodes read [] [])

(** val source_step :
    (Big_int_Z.big_int -> def option) -> (Big_int_Z.big_int -> bounds) ->
    (def -> Big_int_Z.big_int option) -> (form -> move list list) -> prog ->
    cert -> form list -> form list list -> form list -> (form list
    list * form list) option **)

let source_step get bnd fnd wit src c x ps read =
  match c.src_links with
  | [] ->
    (match sexec get bnd fnd wit src.nodes x ps [] with
     | Some es ->
       (match couple get bnd fnd wit c read with
        | Some said -> Some (es, said)
        | None -> None)
     | None -> None)
  | l :: l0 ->
    (match couple get bnd fnd wit c read with
     | Some said ->
       (match before get fnd (fun x0 x1 -> DSt (x0, x1)) 0 src.inits
                (l :: l0) said with
        | Some ps0 ->
          option_map (fun es -> (es, said))
            (sexec get bnd fnd wit src.nodes x ps0 [])
        | None -> None)
     | None -> None)

(** val symbolic :
    (Big_int_Z.big_int -> def option) -> (Big_int_Z.big_int -> bounds) ->
    (def -> Big_int_Z.big_int option) -> (form -> move list list) -> int ->
    prog -> prog -> cert -> step option **)

let symbolic get bnd fnd wit n src tgt c =
  let read = fun s t0 -> app (rd [] c.inp s) (rd [] c.tgt_inp t0) in
  (match mapo (fun j -> atom get fnd (DIn j)) (seq 0 n) with
   | Some sx ->
     (match before get fnd (fun x x0 -> DSt (x, x0)) 0 src.inits [] [] with
      | Some ps ->
        (match mapo (fun kj -> atom get fnd (DSt ((fst kj), (snd kj)))) c.inp with
         | Some cs ->
           (match mapo (fun kj -> atom get fnd (DTg ((fst kj), (snd kj))))
                    c.tgt_inp with
            | Some ct ->
              (match source_step get bnd fnd wit src c sx ps (app cs ct) with
               | Some p ->
                 let (es, said) = p in
                 (match before get fnd (fun x x0 -> DTg (x, x0)) 0 tgt.inits
                          c.links said with
                  | Some pt ->
                    (match sexec get bnd fnd wit tgt.nodes sx pt [] with
                     | Some et ->
                       (match couple get bnd fnd wit c (read es et) with
                        | Some said1 ->
                          (match couple get bnd fnd wit c
                                   (read (sinit src) (sinit tgt)) with
                           | Some said0 ->
                             Some { src_values = es; tgt_values = et;
                               said_at_start = said0; said_after = said1 }
                           | None -> None)
                        | None -> None)
                     | None -> None)
                  | None -> None)
               | None -> None)
            | None -> None)
         | None -> None)
      | None -> None)
   | None -> None)

(** val check_core :
    (Big_int_Z.big_int -> def option) -> (Big_int_Z.big_int -> bounds) ->
    (def -> Big_int_Z.big_int option) -> (form -> move list list) -> int ->
    prog -> prog -> cert -> bool **)

let check_core get bnd fnd wit n src tgt c =
  match symbolic get bnd fnd wit n src tgt c with
  | Some s ->
    (&&)
      ((&&)
        ((&&)
          ((&&)
            ((&&)
              ((&&)
                (feqv (nth src.out s.src_values [])
                  (nth tgt.out s.tgt_values []))
                (chk_links c.links s.tgt_values s.said_after))
              (chk_links c.links (sinit tgt) s.said_at_start))
            (chk_links c.src_links s.src_values s.said_after))
          (chk_links c.src_links (sinit src) s.said_at_start))
        (hold_after get bnd fnd wit c.src_bounds s.src_values))
      (hold_after get bnd fnd wit c.tgt_bounds s.tgt_values)
  | None -> false

(** val scopedf : Big_int_Z.big_int -> form -> bool **)

let scopedf i f =
  forallb (fun iq -> Coq_Pos.ltb (fst iq) i) f

(** val scoped : Big_int_Z.big_int -> def -> bool **)

let scoped i = function
| DRelu f -> scopedf i f
| DMul (f, g) -> (&&) (scopedf i f) (scopedf i g)
| DSum f -> scopedf i f
| _ -> true

(** val implied : bounds -> bounds -> bool **)

let implied b d =
  (&&)
    (match fst b with
     | Some p -> (match fst d with
                  | Some q0 -> qle_bool p q0
                  | None -> false)
     | None -> true)
    (match snd b with
     | Some p -> (match snd d with
                  | Some q0 -> qle_bool q0 p
                  | None -> false)
     | None -> true)

(** val get_in : entry PositiveMap.t -> Big_int_Z.big_int -> def option **)

let get_in m i =
  option_map fst (PositiveMap.find i m)

(** val bnd_in : entry PositiveMap.t -> Big_int_Z.big_int -> bounds **)

let bnd_in m i =
  match PositiveMap.find i m with
  | Some e -> snd e
  | None -> free

(** val first_atom : entry PositiveMap.t **)

let first_atom =
  PositiveMap.add Big_int_Z.unit_big_int (DOne, ((Some { qnum =
    Big_int_Z.unit_big_int; qden = Big_int_Z.unit_big_int }), (Some { qnum =
    Big_int_Z.unit_big_int; qden = Big_int_Z.unit_big_int })))
    PositiveMap.empty

(** val checked :
    (def -> Big_int_Z.big_int option) -> (form -> move list list) -> bounds
    list -> bounds list list -> bounds list list -> Big_int_Z.big_int ->
    entry list -> entry PositiveMap.t -> entry PositiveMap.t option **)

let rec checked fnd wit ins sbs tbs i t0 m =
  match t0 with
  | [] -> Some m
  | e :: r ->
    let (d, b) = e in
    if (&&) (scoped i d)
         (implied b (bounds_of (get_in m) (bnd_in m) fnd wit ins sbs tbs d))
    then checked fnd wit ins sbs tbs (Coq_Pos.succ i) r
           (PositiveMap.add i (d, b) m)
    else None

(** val check :
    (def -> Big_int_Z.big_int option) -> (form -> move list list) -> bounds
    list -> int -> prog -> prog -> cert -> bool **)

let check fnd wit ins n src tgt c =
  (&&)
    ((&&) ((&&) (wf_cert n src tgt c) (hold_at_start c.src_bounds src))
      (hold_at_start c.tgt_bounds tgt))
    (match checked fnd wit ins c.src_bounds c.tgt_bounds
             (Big_int_Z.mult_int_big_int 2 Big_int_Z.unit_big_int) c.table
             first_atom with
     | Some m -> check_core (get_in m) (bnd_in m) fnd wit n src tgt c
     | None -> false)

type link = { link_target : prog; link_cert : cert;
              link_atoms : (def -> Big_int_Z.big_int option);
              link_ways : (form -> move list list) }

(** val check_chain : bounds list -> int -> prog -> link list -> bool **)

let rec check_chain ins n src = function
| [] -> wf n src
| l :: r ->
  (&&) (check l.link_atoms l.link_ways ins n src l.link_target l.link_cert)
    (check_chain ins n l.link_target r)

(** val normal : form -> form **)

let normal f =
  fscale (qinv (qabs (lead f))) f
