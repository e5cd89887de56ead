// Finds what certificates need. Nothing here is trusted: what is found is judged by `Certificates`.
