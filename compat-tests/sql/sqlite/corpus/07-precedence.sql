--# precedence: pairs of binary operators

SELECT a OR b OR c, (a OR b) OR c, a OR (b OR c) FROM t1

SELECT a OR b AND c, (a OR b) AND c, a OR (b AND c) FROM t1

SELECT a OR b = c, (a OR b) = c, a OR (b = c) FROM t1

SELECT a OR b <> c, (a OR b) <> c, a OR (b <> c) FROM t1

SELECT a OR b IS c, (a OR b) IS c, a OR (b IS c) FROM t1

SELECT a OR b IS NOT c, (a OR b) IS NOT c, a OR (b IS NOT c) FROM t1

SELECT a OR b IS DISTINCT FROM c, (a OR b) IS DISTINCT FROM c, a OR (b IS DISTINCT FROM c) FROM t1

SELECT a OR b LIKE c, (a OR b) LIKE c, a OR (b LIKE c) FROM t1

SELECT a OR b NOT GLOB c, (a OR b) NOT GLOB c, a OR (b NOT GLOB c) FROM t1

SELECT a OR b MATCH c, (a OR b) MATCH c, a OR (b MATCH c) FROM t1

SELECT a OR b < c, (a OR b) < c, a OR (b < c) FROM t1

SELECT a OR b >= c, (a OR b) >= c, a OR (b >= c) FROM t1

SELECT a OR b & c, (a OR b) & c, a OR (b & c) FROM t1

SELECT a OR b | c, (a OR b) | c, a OR (b | c) FROM t1

SELECT a OR b << c, (a OR b) << c, a OR (b << c) FROM t1

SELECT a OR b + c, (a OR b) + c, a OR (b + c) FROM t1

SELECT a OR b - c, (a OR b) - c, a OR (b - c) FROM t1

SELECT a OR b * c, (a OR b) * c, a OR (b * c) FROM t1

SELECT a OR b % c, (a OR b) % c, a OR (b % c) FROM t1

SELECT a OR b || c, (a OR b) || c, a OR (b || c) FROM t1

SELECT a OR b -> c, (a OR b) -> c, a OR (b -> c) FROM t1

SELECT a OR b ->> c, (a OR b) ->> c, a OR (b ->> c) FROM t1

SELECT a AND b OR c, (a AND b) OR c, a AND (b OR c) FROM t1

SELECT a AND b AND c, (a AND b) AND c, a AND (b AND c) FROM t1

SELECT a AND b = c, (a AND b) = c, a AND (b = c) FROM t1

SELECT a AND b <> c, (a AND b) <> c, a AND (b <> c) FROM t1

SELECT a AND b IS c, (a AND b) IS c, a AND (b IS c) FROM t1

SELECT a AND b IS NOT c, (a AND b) IS NOT c, a AND (b IS NOT c) FROM t1

SELECT a AND b IS DISTINCT FROM c, (a AND b) IS DISTINCT FROM c, a AND (b IS DISTINCT FROM c) FROM t1

SELECT a AND b LIKE c, (a AND b) LIKE c, a AND (b LIKE c) FROM t1

SELECT a AND b NOT GLOB c, (a AND b) NOT GLOB c, a AND (b NOT GLOB c) FROM t1

SELECT a AND b MATCH c, (a AND b) MATCH c, a AND (b MATCH c) FROM t1

SELECT a AND b < c, (a AND b) < c, a AND (b < c) FROM t1

SELECT a AND b >= c, (a AND b) >= c, a AND (b >= c) FROM t1

SELECT a AND b & c, (a AND b) & c, a AND (b & c) FROM t1

SELECT a AND b | c, (a AND b) | c, a AND (b | c) FROM t1

SELECT a AND b << c, (a AND b) << c, a AND (b << c) FROM t1

SELECT a AND b + c, (a AND b) + c, a AND (b + c) FROM t1

SELECT a AND b - c, (a AND b) - c, a AND (b - c) FROM t1

SELECT a AND b * c, (a AND b) * c, a AND (b * c) FROM t1

SELECT a AND b % c, (a AND b) % c, a AND (b % c) FROM t1

SELECT a AND b || c, (a AND b) || c, a AND (b || c) FROM t1

SELECT a AND b -> c, (a AND b) -> c, a AND (b -> c) FROM t1

SELECT a AND b ->> c, (a AND b) ->> c, a AND (b ->> c) FROM t1

SELECT a = b OR c, (a = b) OR c, a = (b OR c) FROM t1

SELECT a = b AND c, (a = b) AND c, a = (b AND c) FROM t1

SELECT a = b = c, (a = b) = c, a = (b = c) FROM t1

SELECT a = b <> c, (a = b) <> c, a = (b <> c) FROM t1

SELECT a = b IS c, (a = b) IS c, a = (b IS c) FROM t1

SELECT a = b IS NOT c, (a = b) IS NOT c, a = (b IS NOT c) FROM t1

SELECT a = b IS DISTINCT FROM c, (a = b) IS DISTINCT FROM c, a = (b IS DISTINCT FROM c) FROM t1

SELECT a = b LIKE c, (a = b) LIKE c, a = (b LIKE c) FROM t1

SELECT a = b NOT GLOB c, (a = b) NOT GLOB c, a = (b NOT GLOB c) FROM t1

SELECT a = b MATCH c, (a = b) MATCH c, a = (b MATCH c) FROM t1

SELECT a = b < c, (a = b) < c, a = (b < c) FROM t1

SELECT a = b >= c, (a = b) >= c, a = (b >= c) FROM t1

SELECT a = b & c, (a = b) & c, a = (b & c) FROM t1

SELECT a = b | c, (a = b) | c, a = (b | c) FROM t1

SELECT a = b << c, (a = b) << c, a = (b << c) FROM t1

SELECT a = b + c, (a = b) + c, a = (b + c) FROM t1

SELECT a = b - c, (a = b) - c, a = (b - c) FROM t1

SELECT a = b * c, (a = b) * c, a = (b * c) FROM t1

SELECT a = b % c, (a = b) % c, a = (b % c) FROM t1

SELECT a = b || c, (a = b) || c, a = (b || c) FROM t1

SELECT a = b -> c, (a = b) -> c, a = (b -> c) FROM t1

SELECT a = b ->> c, (a = b) ->> c, a = (b ->> c) FROM t1

SELECT a <> b OR c, (a <> b) OR c, a <> (b OR c) FROM t1

SELECT a <> b AND c, (a <> b) AND c, a <> (b AND c) FROM t1

SELECT a <> b = c, (a <> b) = c, a <> (b = c) FROM t1

SELECT a <> b <> c, (a <> b) <> c, a <> (b <> c) FROM t1

SELECT a <> b IS c, (a <> b) IS c, a <> (b IS c) FROM t1

SELECT a <> b IS NOT c, (a <> b) IS NOT c, a <> (b IS NOT c) FROM t1

SELECT a <> b IS DISTINCT FROM c, (a <> b) IS DISTINCT FROM c, a <> (b IS DISTINCT FROM c) FROM t1

SELECT a <> b LIKE c, (a <> b) LIKE c, a <> (b LIKE c) FROM t1

SELECT a <> b NOT GLOB c, (a <> b) NOT GLOB c, a <> (b NOT GLOB c) FROM t1

SELECT a <> b MATCH c, (a <> b) MATCH c, a <> (b MATCH c) FROM t1

SELECT a <> b < c, (a <> b) < c, a <> (b < c) FROM t1

SELECT a <> b >= c, (a <> b) >= c, a <> (b >= c) FROM t1

SELECT a <> b & c, (a <> b) & c, a <> (b & c) FROM t1

SELECT a <> b | c, (a <> b) | c, a <> (b | c) FROM t1

SELECT a <> b << c, (a <> b) << c, a <> (b << c) FROM t1

SELECT a <> b + c, (a <> b) + c, a <> (b + c) FROM t1

SELECT a <> b - c, (a <> b) - c, a <> (b - c) FROM t1

SELECT a <> b * c, (a <> b) * c, a <> (b * c) FROM t1

SELECT a <> b % c, (a <> b) % c, a <> (b % c) FROM t1

SELECT a <> b || c, (a <> b) || c, a <> (b || c) FROM t1

SELECT a <> b -> c, (a <> b) -> c, a <> (b -> c) FROM t1

SELECT a <> b ->> c, (a <> b) ->> c, a <> (b ->> c) FROM t1

SELECT a IS b OR c, (a IS b) OR c, a IS (b OR c) FROM t1

SELECT a IS b AND c, (a IS b) AND c, a IS (b AND c) FROM t1

SELECT a IS b = c, (a IS b) = c, a IS (b = c) FROM t1

SELECT a IS b <> c, (a IS b) <> c, a IS (b <> c) FROM t1

SELECT a IS b IS c, (a IS b) IS c, a IS (b IS c) FROM t1

SELECT a IS b IS NOT c, (a IS b) IS NOT c, a IS (b IS NOT c) FROM t1

SELECT a IS b IS DISTINCT FROM c, (a IS b) IS DISTINCT FROM c, a IS (b IS DISTINCT FROM c) FROM t1

SELECT a IS b LIKE c, (a IS b) LIKE c, a IS (b LIKE c) FROM t1

SELECT a IS b NOT GLOB c, (a IS b) NOT GLOB c, a IS (b NOT GLOB c) FROM t1

SELECT a IS b MATCH c, (a IS b) MATCH c, a IS (b MATCH c) FROM t1

SELECT a IS b < c, (a IS b) < c, a IS (b < c) FROM t1

SELECT a IS b >= c, (a IS b) >= c, a IS (b >= c) FROM t1

SELECT a IS b & c, (a IS b) & c, a IS (b & c) FROM t1

SELECT a IS b | c, (a IS b) | c, a IS (b | c) FROM t1

SELECT a IS b << c, (a IS b) << c, a IS (b << c) FROM t1

SELECT a IS b + c, (a IS b) + c, a IS (b + c) FROM t1

SELECT a IS b - c, (a IS b) - c, a IS (b - c) FROM t1

SELECT a IS b * c, (a IS b) * c, a IS (b * c) FROM t1

SELECT a IS b % c, (a IS b) % c, a IS (b % c) FROM t1

SELECT a IS b || c, (a IS b) || c, a IS (b || c) FROM t1

SELECT a IS b -> c, (a IS b) -> c, a IS (b -> c) FROM t1

SELECT a IS b ->> c, (a IS b) ->> c, a IS (b ->> c) FROM t1

SELECT a IS NOT b OR c, (a IS NOT b) OR c, a IS NOT (b OR c) FROM t1

SELECT a IS NOT b AND c, (a IS NOT b) AND c, a IS NOT (b AND c) FROM t1

SELECT a IS NOT b = c, (a IS NOT b) = c, a IS NOT (b = c) FROM t1

SELECT a IS NOT b <> c, (a IS NOT b) <> c, a IS NOT (b <> c) FROM t1

SELECT a IS NOT b IS c, (a IS NOT b) IS c, a IS NOT (b IS c) FROM t1

SELECT a IS NOT b IS NOT c, (a IS NOT b) IS NOT c, a IS NOT (b IS NOT c) FROM t1

SELECT a IS NOT b IS DISTINCT FROM c, (a IS NOT b) IS DISTINCT FROM c, a IS NOT (b IS DISTINCT FROM c) FROM t1

SELECT a IS NOT b LIKE c, (a IS NOT b) LIKE c, a IS NOT (b LIKE c) FROM t1

SELECT a IS NOT b NOT GLOB c, (a IS NOT b) NOT GLOB c, a IS NOT (b NOT GLOB c) FROM t1

SELECT a IS NOT b MATCH c, (a IS NOT b) MATCH c, a IS NOT (b MATCH c) FROM t1

SELECT a IS NOT b < c, (a IS NOT b) < c, a IS NOT (b < c) FROM t1

SELECT a IS NOT b >= c, (a IS NOT b) >= c, a IS NOT (b >= c) FROM t1

SELECT a IS NOT b & c, (a IS NOT b) & c, a IS NOT (b & c) FROM t1

SELECT a IS NOT b | c, (a IS NOT b) | c, a IS NOT (b | c) FROM t1

SELECT a IS NOT b << c, (a IS NOT b) << c, a IS NOT (b << c) FROM t1

SELECT a IS NOT b + c, (a IS NOT b) + c, a IS NOT (b + c) FROM t1

SELECT a IS NOT b - c, (a IS NOT b) - c, a IS NOT (b - c) FROM t1

SELECT a IS NOT b * c, (a IS NOT b) * c, a IS NOT (b * c) FROM t1

SELECT a IS NOT b % c, (a IS NOT b) % c, a IS NOT (b % c) FROM t1

SELECT a IS NOT b || c, (a IS NOT b) || c, a IS NOT (b || c) FROM t1

SELECT a IS NOT b -> c, (a IS NOT b) -> c, a IS NOT (b -> c) FROM t1

SELECT a IS NOT b ->> c, (a IS NOT b) ->> c, a IS NOT (b ->> c) FROM t1

SELECT a IS DISTINCT FROM b OR c, (a IS DISTINCT FROM b) OR c, a IS DISTINCT FROM (b OR c) FROM t1

SELECT a IS DISTINCT FROM b AND c, (a IS DISTINCT FROM b) AND c, a IS DISTINCT FROM (b AND c) FROM t1

SELECT a IS DISTINCT FROM b = c, (a IS DISTINCT FROM b) = c, a IS DISTINCT FROM (b = c) FROM t1

SELECT a IS DISTINCT FROM b <> c, (a IS DISTINCT FROM b) <> c, a IS DISTINCT FROM (b <> c) FROM t1

SELECT a IS DISTINCT FROM b IS c, (a IS DISTINCT FROM b) IS c, a IS DISTINCT FROM (b IS c) FROM t1

SELECT a IS DISTINCT FROM b IS NOT c, (a IS DISTINCT FROM b) IS NOT c, a IS DISTINCT FROM (b IS NOT c) FROM t1

SELECT a IS DISTINCT FROM b IS DISTINCT FROM c, (a IS DISTINCT FROM b) IS DISTINCT FROM c, a IS DISTINCT FROM (b IS DISTINCT FROM c) FROM t1

SELECT a IS DISTINCT FROM b LIKE c, (a IS DISTINCT FROM b) LIKE c, a IS DISTINCT FROM (b LIKE c) FROM t1

SELECT a IS DISTINCT FROM b NOT GLOB c, (a IS DISTINCT FROM b) NOT GLOB c, a IS DISTINCT FROM (b NOT GLOB c) FROM t1

SELECT a IS DISTINCT FROM b MATCH c, (a IS DISTINCT FROM b) MATCH c, a IS DISTINCT FROM (b MATCH c) FROM t1

SELECT a IS DISTINCT FROM b < c, (a IS DISTINCT FROM b) < c, a IS DISTINCT FROM (b < c) FROM t1

SELECT a IS DISTINCT FROM b >= c, (a IS DISTINCT FROM b) >= c, a IS DISTINCT FROM (b >= c) FROM t1

SELECT a IS DISTINCT FROM b & c, (a IS DISTINCT FROM b) & c, a IS DISTINCT FROM (b & c) FROM t1

SELECT a IS DISTINCT FROM b | c, (a IS DISTINCT FROM b) | c, a IS DISTINCT FROM (b | c) FROM t1

SELECT a IS DISTINCT FROM b << c, (a IS DISTINCT FROM b) << c, a IS DISTINCT FROM (b << c) FROM t1

SELECT a IS DISTINCT FROM b + c, (a IS DISTINCT FROM b) + c, a IS DISTINCT FROM (b + c) FROM t1

SELECT a IS DISTINCT FROM b - c, (a IS DISTINCT FROM b) - c, a IS DISTINCT FROM (b - c) FROM t1

SELECT a IS DISTINCT FROM b * c, (a IS DISTINCT FROM b) * c, a IS DISTINCT FROM (b * c) FROM t1

SELECT a IS DISTINCT FROM b % c, (a IS DISTINCT FROM b) % c, a IS DISTINCT FROM (b % c) FROM t1

SELECT a IS DISTINCT FROM b || c, (a IS DISTINCT FROM b) || c, a IS DISTINCT FROM (b || c) FROM t1

SELECT a IS DISTINCT FROM b -> c, (a IS DISTINCT FROM b) -> c, a IS DISTINCT FROM (b -> c) FROM t1

SELECT a IS DISTINCT FROM b ->> c, (a IS DISTINCT FROM b) ->> c, a IS DISTINCT FROM (b ->> c) FROM t1

SELECT a LIKE b OR c, (a LIKE b) OR c, a LIKE (b OR c) FROM t1

SELECT a LIKE b AND c, (a LIKE b) AND c, a LIKE (b AND c) FROM t1

SELECT a LIKE b = c, (a LIKE b) = c, a LIKE (b = c) FROM t1

SELECT a LIKE b <> c, (a LIKE b) <> c, a LIKE (b <> c) FROM t1

SELECT a LIKE b IS c, (a LIKE b) IS c, a LIKE (b IS c) FROM t1

SELECT a LIKE b IS NOT c, (a LIKE b) IS NOT c, a LIKE (b IS NOT c) FROM t1

SELECT a LIKE b IS DISTINCT FROM c, (a LIKE b) IS DISTINCT FROM c, a LIKE (b IS DISTINCT FROM c) FROM t1

SELECT a LIKE b LIKE c, (a LIKE b) LIKE c, a LIKE (b LIKE c) FROM t1

SELECT a LIKE b NOT GLOB c, (a LIKE b) NOT GLOB c, a LIKE (b NOT GLOB c) FROM t1

SELECT a LIKE b MATCH c, (a LIKE b) MATCH c, a LIKE (b MATCH c) FROM t1

SELECT a LIKE b < c, (a LIKE b) < c, a LIKE (b < c) FROM t1

SELECT a LIKE b >= c, (a LIKE b) >= c, a LIKE (b >= c) FROM t1

SELECT a LIKE b & c, (a LIKE b) & c, a LIKE (b & c) FROM t1

SELECT a LIKE b | c, (a LIKE b) | c, a LIKE (b | c) FROM t1

SELECT a LIKE b << c, (a LIKE b) << c, a LIKE (b << c) FROM t1

SELECT a LIKE b + c, (a LIKE b) + c, a LIKE (b + c) FROM t1

SELECT a LIKE b - c, (a LIKE b) - c, a LIKE (b - c) FROM t1

SELECT a LIKE b * c, (a LIKE b) * c, a LIKE (b * c) FROM t1

SELECT a LIKE b % c, (a LIKE b) % c, a LIKE (b % c) FROM t1

SELECT a LIKE b || c, (a LIKE b) || c, a LIKE (b || c) FROM t1

SELECT a LIKE b -> c, (a LIKE b) -> c, a LIKE (b -> c) FROM t1

SELECT a LIKE b ->> c, (a LIKE b) ->> c, a LIKE (b ->> c) FROM t1

SELECT a NOT GLOB b OR c, (a NOT GLOB b) OR c, a NOT GLOB (b OR c) FROM t1

SELECT a NOT GLOB b AND c, (a NOT GLOB b) AND c, a NOT GLOB (b AND c) FROM t1

SELECT a NOT GLOB b = c, (a NOT GLOB b) = c, a NOT GLOB (b = c) FROM t1

SELECT a NOT GLOB b <> c, (a NOT GLOB b) <> c, a NOT GLOB (b <> c) FROM t1

SELECT a NOT GLOB b IS c, (a NOT GLOB b) IS c, a NOT GLOB (b IS c) FROM t1

SELECT a NOT GLOB b IS NOT c, (a NOT GLOB b) IS NOT c, a NOT GLOB (b IS NOT c) FROM t1

SELECT a NOT GLOB b IS DISTINCT FROM c, (a NOT GLOB b) IS DISTINCT FROM c, a NOT GLOB (b IS DISTINCT FROM c) FROM t1

SELECT a NOT GLOB b LIKE c, (a NOT GLOB b) LIKE c, a NOT GLOB (b LIKE c) FROM t1

SELECT a NOT GLOB b NOT GLOB c, (a NOT GLOB b) NOT GLOB c, a NOT GLOB (b NOT GLOB c) FROM t1

SELECT a NOT GLOB b MATCH c, (a NOT GLOB b) MATCH c, a NOT GLOB (b MATCH c) FROM t1

SELECT a NOT GLOB b < c, (a NOT GLOB b) < c, a NOT GLOB (b < c) FROM t1

SELECT a NOT GLOB b >= c, (a NOT GLOB b) >= c, a NOT GLOB (b >= c) FROM t1

SELECT a NOT GLOB b & c, (a NOT GLOB b) & c, a NOT GLOB (b & c) FROM t1

SELECT a NOT GLOB b | c, (a NOT GLOB b) | c, a NOT GLOB (b | c) FROM t1

SELECT a NOT GLOB b << c, (a NOT GLOB b) << c, a NOT GLOB (b << c) FROM t1

SELECT a NOT GLOB b + c, (a NOT GLOB b) + c, a NOT GLOB (b + c) FROM t1

SELECT a NOT GLOB b - c, (a NOT GLOB b) - c, a NOT GLOB (b - c) FROM t1

SELECT a NOT GLOB b * c, (a NOT GLOB b) * c, a NOT GLOB (b * c) FROM t1

SELECT a NOT GLOB b % c, (a NOT GLOB b) % c, a NOT GLOB (b % c) FROM t1

SELECT a NOT GLOB b || c, (a NOT GLOB b) || c, a NOT GLOB (b || c) FROM t1

SELECT a NOT GLOB b -> c, (a NOT GLOB b) -> c, a NOT GLOB (b -> c) FROM t1

SELECT a NOT GLOB b ->> c, (a NOT GLOB b) ->> c, a NOT GLOB (b ->> c) FROM t1

SELECT a MATCH b OR c, (a MATCH b) OR c, a MATCH (b OR c) FROM t1

SELECT a MATCH b AND c, (a MATCH b) AND c, a MATCH (b AND c) FROM t1

SELECT a MATCH b = c, (a MATCH b) = c, a MATCH (b = c) FROM t1

SELECT a MATCH b <> c, (a MATCH b) <> c, a MATCH (b <> c) FROM t1

SELECT a MATCH b IS c, (a MATCH b) IS c, a MATCH (b IS c) FROM t1

SELECT a MATCH b IS NOT c, (a MATCH b) IS NOT c, a MATCH (b IS NOT c) FROM t1

SELECT a MATCH b IS DISTINCT FROM c, (a MATCH b) IS DISTINCT FROM c, a MATCH (b IS DISTINCT FROM c) FROM t1

SELECT a MATCH b LIKE c, (a MATCH b) LIKE c, a MATCH (b LIKE c) FROM t1

SELECT a MATCH b NOT GLOB c, (a MATCH b) NOT GLOB c, a MATCH (b NOT GLOB c) FROM t1

SELECT a MATCH b MATCH c, (a MATCH b) MATCH c, a MATCH (b MATCH c) FROM t1

SELECT a MATCH b < c, (a MATCH b) < c, a MATCH (b < c) FROM t1

SELECT a MATCH b >= c, (a MATCH b) >= c, a MATCH (b >= c) FROM t1

SELECT a MATCH b & c, (a MATCH b) & c, a MATCH (b & c) FROM t1

SELECT a MATCH b | c, (a MATCH b) | c, a MATCH (b | c) FROM t1

SELECT a MATCH b << c, (a MATCH b) << c, a MATCH (b << c) FROM t1

SELECT a MATCH b + c, (a MATCH b) + c, a MATCH (b + c) FROM t1

SELECT a MATCH b - c, (a MATCH b) - c, a MATCH (b - c) FROM t1

SELECT a MATCH b * c, (a MATCH b) * c, a MATCH (b * c) FROM t1

SELECT a MATCH b % c, (a MATCH b) % c, a MATCH (b % c) FROM t1

SELECT a MATCH b || c, (a MATCH b) || c, a MATCH (b || c) FROM t1

SELECT a MATCH b -> c, (a MATCH b) -> c, a MATCH (b -> c) FROM t1

SELECT a MATCH b ->> c, (a MATCH b) ->> c, a MATCH (b ->> c) FROM t1

SELECT a < b OR c, (a < b) OR c, a < (b OR c) FROM t1

SELECT a < b AND c, (a < b) AND c, a < (b AND c) FROM t1

SELECT a < b = c, (a < b) = c, a < (b = c) FROM t1

SELECT a < b <> c, (a < b) <> c, a < (b <> c) FROM t1

SELECT a < b IS c, (a < b) IS c, a < (b IS c) FROM t1

SELECT a < b IS NOT c, (a < b) IS NOT c, a < (b IS NOT c) FROM t1

SELECT a < b IS DISTINCT FROM c, (a < b) IS DISTINCT FROM c, a < (b IS DISTINCT FROM c) FROM t1

SELECT a < b LIKE c, (a < b) LIKE c, a < (b LIKE c) FROM t1

SELECT a < b NOT GLOB c, (a < b) NOT GLOB c, a < (b NOT GLOB c) FROM t1

SELECT a < b MATCH c, (a < b) MATCH c, a < (b MATCH c) FROM t1

SELECT a < b < c, (a < b) < c, a < (b < c) FROM t1

SELECT a < b >= c, (a < b) >= c, a < (b >= c) FROM t1

SELECT a < b & c, (a < b) & c, a < (b & c) FROM t1

SELECT a < b | c, (a < b) | c, a < (b | c) FROM t1

SELECT a < b << c, (a < b) << c, a < (b << c) FROM t1

SELECT a < b + c, (a < b) + c, a < (b + c) FROM t1

SELECT a < b - c, (a < b) - c, a < (b - c) FROM t1

SELECT a < b * c, (a < b) * c, a < (b * c) FROM t1

SELECT a < b % c, (a < b) % c, a < (b % c) FROM t1

SELECT a < b || c, (a < b) || c, a < (b || c) FROM t1

SELECT a < b -> c, (a < b) -> c, a < (b -> c) FROM t1

SELECT a < b ->> c, (a < b) ->> c, a < (b ->> c) FROM t1

SELECT a >= b OR c, (a >= b) OR c, a >= (b OR c) FROM t1

SELECT a >= b AND c, (a >= b) AND c, a >= (b AND c) FROM t1

SELECT a >= b = c, (a >= b) = c, a >= (b = c) FROM t1

SELECT a >= b <> c, (a >= b) <> c, a >= (b <> c) FROM t1

SELECT a >= b IS c, (a >= b) IS c, a >= (b IS c) FROM t1

SELECT a >= b IS NOT c, (a >= b) IS NOT c, a >= (b IS NOT c) FROM t1

SELECT a >= b IS DISTINCT FROM c, (a >= b) IS DISTINCT FROM c, a >= (b IS DISTINCT FROM c) FROM t1

SELECT a >= b LIKE c, (a >= b) LIKE c, a >= (b LIKE c) FROM t1

SELECT a >= b NOT GLOB c, (a >= b) NOT GLOB c, a >= (b NOT GLOB c) FROM t1

SELECT a >= b MATCH c, (a >= b) MATCH c, a >= (b MATCH c) FROM t1

SELECT a >= b < c, (a >= b) < c, a >= (b < c) FROM t1

SELECT a >= b >= c, (a >= b) >= c, a >= (b >= c) FROM t1

SELECT a >= b & c, (a >= b) & c, a >= (b & c) FROM t1

SELECT a >= b | c, (a >= b) | c, a >= (b | c) FROM t1

SELECT a >= b << c, (a >= b) << c, a >= (b << c) FROM t1

SELECT a >= b + c, (a >= b) + c, a >= (b + c) FROM t1

SELECT a >= b - c, (a >= b) - c, a >= (b - c) FROM t1

SELECT a >= b * c, (a >= b) * c, a >= (b * c) FROM t1

SELECT a >= b % c, (a >= b) % c, a >= (b % c) FROM t1

SELECT a >= b || c, (a >= b) || c, a >= (b || c) FROM t1

SELECT a >= b -> c, (a >= b) -> c, a >= (b -> c) FROM t1

SELECT a >= b ->> c, (a >= b) ->> c, a >= (b ->> c) FROM t1

SELECT a & b OR c, (a & b) OR c, a & (b OR c) FROM t1

SELECT a & b AND c, (a & b) AND c, a & (b AND c) FROM t1

SELECT a & b = c, (a & b) = c, a & (b = c) FROM t1

SELECT a & b <> c, (a & b) <> c, a & (b <> c) FROM t1

SELECT a & b IS c, (a & b) IS c, a & (b IS c) FROM t1

SELECT a & b IS NOT c, (a & b) IS NOT c, a & (b IS NOT c) FROM t1

SELECT a & b IS DISTINCT FROM c, (a & b) IS DISTINCT FROM c, a & (b IS DISTINCT FROM c) FROM t1

SELECT a & b LIKE c, (a & b) LIKE c, a & (b LIKE c) FROM t1

SELECT a & b NOT GLOB c, (a & b) NOT GLOB c, a & (b NOT GLOB c) FROM t1

SELECT a & b MATCH c, (a & b) MATCH c, a & (b MATCH c) FROM t1

SELECT a & b < c, (a & b) < c, a & (b < c) FROM t1

SELECT a & b >= c, (a & b) >= c, a & (b >= c) FROM t1

SELECT a & b & c, (a & b) & c, a & (b & c) FROM t1

SELECT a & b | c, (a & b) | c, a & (b | c) FROM t1

SELECT a & b << c, (a & b) << c, a & (b << c) FROM t1

SELECT a & b + c, (a & b) + c, a & (b + c) FROM t1

SELECT a & b - c, (a & b) - c, a & (b - c) FROM t1

SELECT a & b * c, (a & b) * c, a & (b * c) FROM t1

SELECT a & b % c, (a & b) % c, a & (b % c) FROM t1

SELECT a & b || c, (a & b) || c, a & (b || c) FROM t1

SELECT a & b -> c, (a & b) -> c, a & (b -> c) FROM t1

SELECT a & b ->> c, (a & b) ->> c, a & (b ->> c) FROM t1

SELECT a | b OR c, (a | b) OR c, a | (b OR c) FROM t1

SELECT a | b AND c, (a | b) AND c, a | (b AND c) FROM t1

SELECT a | b = c, (a | b) = c, a | (b = c) FROM t1

SELECT a | b <> c, (a | b) <> c, a | (b <> c) FROM t1

SELECT a | b IS c, (a | b) IS c, a | (b IS c) FROM t1

SELECT a | b IS NOT c, (a | b) IS NOT c, a | (b IS NOT c) FROM t1

SELECT a | b IS DISTINCT FROM c, (a | b) IS DISTINCT FROM c, a | (b IS DISTINCT FROM c) FROM t1

SELECT a | b LIKE c, (a | b) LIKE c, a | (b LIKE c) FROM t1

SELECT a | b NOT GLOB c, (a | b) NOT GLOB c, a | (b NOT GLOB c) FROM t1

SELECT a | b MATCH c, (a | b) MATCH c, a | (b MATCH c) FROM t1

SELECT a | b < c, (a | b) < c, a | (b < c) FROM t1

SELECT a | b >= c, (a | b) >= c, a | (b >= c) FROM t1

SELECT a | b & c, (a | b) & c, a | (b & c) FROM t1

SELECT a | b | c, (a | b) | c, a | (b | c) FROM t1

SELECT a | b << c, (a | b) << c, a | (b << c) FROM t1

SELECT a | b + c, (a | b) + c, a | (b + c) FROM t1

SELECT a | b - c, (a | b) - c, a | (b - c) FROM t1

SELECT a | b * c, (a | b) * c, a | (b * c) FROM t1

SELECT a | b % c, (a | b) % c, a | (b % c) FROM t1

SELECT a | b || c, (a | b) || c, a | (b || c) FROM t1

SELECT a | b -> c, (a | b) -> c, a | (b -> c) FROM t1

SELECT a | b ->> c, (a | b) ->> c, a | (b ->> c) FROM t1

SELECT a << b OR c, (a << b) OR c, a << (b OR c) FROM t1

SELECT a << b AND c, (a << b) AND c, a << (b AND c) FROM t1

SELECT a << b = c, (a << b) = c, a << (b = c) FROM t1

SELECT a << b <> c, (a << b) <> c, a << (b <> c) FROM t1

SELECT a << b IS c, (a << b) IS c, a << (b IS c) FROM t1

SELECT a << b IS NOT c, (a << b) IS NOT c, a << (b IS NOT c) FROM t1

SELECT a << b IS DISTINCT FROM c, (a << b) IS DISTINCT FROM c, a << (b IS DISTINCT FROM c) FROM t1

SELECT a << b LIKE c, (a << b) LIKE c, a << (b LIKE c) FROM t1

SELECT a << b NOT GLOB c, (a << b) NOT GLOB c, a << (b NOT GLOB c) FROM t1

SELECT a << b MATCH c, (a << b) MATCH c, a << (b MATCH c) FROM t1

SELECT a << b < c, (a << b) < c, a << (b < c) FROM t1

SELECT a << b >= c, (a << b) >= c, a << (b >= c) FROM t1

SELECT a << b & c, (a << b) & c, a << (b & c) FROM t1

SELECT a << b | c, (a << b) | c, a << (b | c) FROM t1

SELECT a << b << c, (a << b) << c, a << (b << c) FROM t1

SELECT a << b + c, (a << b) + c, a << (b + c) FROM t1

SELECT a << b - c, (a << b) - c, a << (b - c) FROM t1

SELECT a << b * c, (a << b) * c, a << (b * c) FROM t1

SELECT a << b % c, (a << b) % c, a << (b % c) FROM t1

SELECT a << b || c, (a << b) || c, a << (b || c) FROM t1

SELECT a << b -> c, (a << b) -> c, a << (b -> c) FROM t1

SELECT a << b ->> c, (a << b) ->> c, a << (b ->> c) FROM t1

SELECT a + b OR c, (a + b) OR c, a + (b OR c) FROM t1

SELECT a + b AND c, (a + b) AND c, a + (b AND c) FROM t1

SELECT a + b = c, (a + b) = c, a + (b = c) FROM t1

SELECT a + b <> c, (a + b) <> c, a + (b <> c) FROM t1

SELECT a + b IS c, (a + b) IS c, a + (b IS c) FROM t1

SELECT a + b IS NOT c, (a + b) IS NOT c, a + (b IS NOT c) FROM t1

SELECT a + b IS DISTINCT FROM c, (a + b) IS DISTINCT FROM c, a + (b IS DISTINCT FROM c) FROM t1

SELECT a + b LIKE c, (a + b) LIKE c, a + (b LIKE c) FROM t1

SELECT a + b NOT GLOB c, (a + b) NOT GLOB c, a + (b NOT GLOB c) FROM t1

SELECT a + b MATCH c, (a + b) MATCH c, a + (b MATCH c) FROM t1

SELECT a + b < c, (a + b) < c, a + (b < c) FROM t1

SELECT a + b >= c, (a + b) >= c, a + (b >= c) FROM t1

SELECT a + b & c, (a + b) & c, a + (b & c) FROM t1

SELECT a + b | c, (a + b) | c, a + (b | c) FROM t1

SELECT a + b << c, (a + b) << c, a + (b << c) FROM t1

SELECT a + b + c, (a + b) + c, a + (b + c) FROM t1

SELECT a + b - c, (a + b) - c, a + (b - c) FROM t1

SELECT a + b * c, (a + b) * c, a + (b * c) FROM t1

SELECT a + b % c, (a + b) % c, a + (b % c) FROM t1

SELECT a + b || c, (a + b) || c, a + (b || c) FROM t1

SELECT a + b -> c, (a + b) -> c, a + (b -> c) FROM t1

SELECT a + b ->> c, (a + b) ->> c, a + (b ->> c) FROM t1

SELECT a - b OR c, (a - b) OR c, a - (b OR c) FROM t1

SELECT a - b AND c, (a - b) AND c, a - (b AND c) FROM t1

SELECT a - b = c, (a - b) = c, a - (b = c) FROM t1

SELECT a - b <> c, (a - b) <> c, a - (b <> c) FROM t1

SELECT a - b IS c, (a - b) IS c, a - (b IS c) FROM t1

SELECT a - b IS NOT c, (a - b) IS NOT c, a - (b IS NOT c) FROM t1

SELECT a - b IS DISTINCT FROM c, (a - b) IS DISTINCT FROM c, a - (b IS DISTINCT FROM c) FROM t1

SELECT a - b LIKE c, (a - b) LIKE c, a - (b LIKE c) FROM t1

SELECT a - b NOT GLOB c, (a - b) NOT GLOB c, a - (b NOT GLOB c) FROM t1

SELECT a - b MATCH c, (a - b) MATCH c, a - (b MATCH c) FROM t1

SELECT a - b < c, (a - b) < c, a - (b < c) FROM t1

SELECT a - b >= c, (a - b) >= c, a - (b >= c) FROM t1

SELECT a - b & c, (a - b) & c, a - (b & c) FROM t1

SELECT a - b | c, (a - b) | c, a - (b | c) FROM t1

SELECT a - b << c, (a - b) << c, a - (b << c) FROM t1

SELECT a - b + c, (a - b) + c, a - (b + c) FROM t1

SELECT a - b - c, (a - b) - c, a - (b - c) FROM t1

SELECT a - b * c, (a - b) * c, a - (b * c) FROM t1

SELECT a - b % c, (a - b) % c, a - (b % c) FROM t1

SELECT a - b || c, (a - b) || c, a - (b || c) FROM t1

SELECT a - b -> c, (a - b) -> c, a - (b -> c) FROM t1

SELECT a - b ->> c, (a - b) ->> c, a - (b ->> c) FROM t1

SELECT a * b OR c, (a * b) OR c, a * (b OR c) FROM t1

SELECT a * b AND c, (a * b) AND c, a * (b AND c) FROM t1

SELECT a * b = c, (a * b) = c, a * (b = c) FROM t1

SELECT a * b <> c, (a * b) <> c, a * (b <> c) FROM t1

SELECT a * b IS c, (a * b) IS c, a * (b IS c) FROM t1

SELECT a * b IS NOT c, (a * b) IS NOT c, a * (b IS NOT c) FROM t1

SELECT a * b IS DISTINCT FROM c, (a * b) IS DISTINCT FROM c, a * (b IS DISTINCT FROM c) FROM t1

SELECT a * b LIKE c, (a * b) LIKE c, a * (b LIKE c) FROM t1

SELECT a * b NOT GLOB c, (a * b) NOT GLOB c, a * (b NOT GLOB c) FROM t1

SELECT a * b MATCH c, (a * b) MATCH c, a * (b MATCH c) FROM t1

SELECT a * b < c, (a * b) < c, a * (b < c) FROM t1

SELECT a * b >= c, (a * b) >= c, a * (b >= c) FROM t1

SELECT a * b & c, (a * b) & c, a * (b & c) FROM t1

SELECT a * b | c, (a * b) | c, a * (b | c) FROM t1

SELECT a * b << c, (a * b) << c, a * (b << c) FROM t1

SELECT a * b + c, (a * b) + c, a * (b + c) FROM t1

SELECT a * b - c, (a * b) - c, a * (b - c) FROM t1

SELECT a * b * c, (a * b) * c, a * (b * c) FROM t1

SELECT a * b % c, (a * b) % c, a * (b % c) FROM t1

SELECT a * b || c, (a * b) || c, a * (b || c) FROM t1

SELECT a * b -> c, (a * b) -> c, a * (b -> c) FROM t1

SELECT a * b ->> c, (a * b) ->> c, a * (b ->> c) FROM t1

SELECT a % b OR c, (a % b) OR c, a % (b OR c) FROM t1

SELECT a % b AND c, (a % b) AND c, a % (b AND c) FROM t1

SELECT a % b = c, (a % b) = c, a % (b = c) FROM t1

SELECT a % b <> c, (a % b) <> c, a % (b <> c) FROM t1

SELECT a % b IS c, (a % b) IS c, a % (b IS c) FROM t1

SELECT a % b IS NOT c, (a % b) IS NOT c, a % (b IS NOT c) FROM t1

SELECT a % b IS DISTINCT FROM c, (a % b) IS DISTINCT FROM c, a % (b IS DISTINCT FROM c) FROM t1

SELECT a % b LIKE c, (a % b) LIKE c, a % (b LIKE c) FROM t1

SELECT a % b NOT GLOB c, (a % b) NOT GLOB c, a % (b NOT GLOB c) FROM t1

SELECT a % b MATCH c, (a % b) MATCH c, a % (b MATCH c) FROM t1

SELECT a % b < c, (a % b) < c, a % (b < c) FROM t1

SELECT a % b >= c, (a % b) >= c, a % (b >= c) FROM t1

SELECT a % b & c, (a % b) & c, a % (b & c) FROM t1

SELECT a % b | c, (a % b) | c, a % (b | c) FROM t1

SELECT a % b << c, (a % b) << c, a % (b << c) FROM t1

SELECT a % b + c, (a % b) + c, a % (b + c) FROM t1

SELECT a % b - c, (a % b) - c, a % (b - c) FROM t1

SELECT a % b * c, (a % b) * c, a % (b * c) FROM t1

SELECT a % b % c, (a % b) % c, a % (b % c) FROM t1

SELECT a % b || c, (a % b) || c, a % (b || c) FROM t1

SELECT a % b -> c, (a % b) -> c, a % (b -> c) FROM t1

SELECT a % b ->> c, (a % b) ->> c, a % (b ->> c) FROM t1

SELECT a || b OR c, (a || b) OR c, a || (b OR c) FROM t1

SELECT a || b AND c, (a || b) AND c, a || (b AND c) FROM t1

SELECT a || b = c, (a || b) = c, a || (b = c) FROM t1

SELECT a || b <> c, (a || b) <> c, a || (b <> c) FROM t1

SELECT a || b IS c, (a || b) IS c, a || (b IS c) FROM t1

SELECT a || b IS NOT c, (a || b) IS NOT c, a || (b IS NOT c) FROM t1

SELECT a || b IS DISTINCT FROM c, (a || b) IS DISTINCT FROM c, a || (b IS DISTINCT FROM c) FROM t1

SELECT a || b LIKE c, (a || b) LIKE c, a || (b LIKE c) FROM t1

SELECT a || b NOT GLOB c, (a || b) NOT GLOB c, a || (b NOT GLOB c) FROM t1

SELECT a || b MATCH c, (a || b) MATCH c, a || (b MATCH c) FROM t1

SELECT a || b < c, (a || b) < c, a || (b < c) FROM t1

SELECT a || b >= c, (a || b) >= c, a || (b >= c) FROM t1

SELECT a || b & c, (a || b) & c, a || (b & c) FROM t1

SELECT a || b | c, (a || b) | c, a || (b | c) FROM t1

SELECT a || b << c, (a || b) << c, a || (b << c) FROM t1

SELECT a || b + c, (a || b) + c, a || (b + c) FROM t1

SELECT a || b - c, (a || b) - c, a || (b - c) FROM t1

SELECT a || b * c, (a || b) * c, a || (b * c) FROM t1

SELECT a || b % c, (a || b) % c, a || (b % c) FROM t1

SELECT a || b || c, (a || b) || c, a || (b || c) FROM t1

SELECT a || b -> c, (a || b) -> c, a || (b -> c) FROM t1

SELECT a || b ->> c, (a || b) ->> c, a || (b ->> c) FROM t1

SELECT a -> b OR c, (a -> b) OR c, a -> (b OR c) FROM t1

SELECT a -> b AND c, (a -> b) AND c, a -> (b AND c) FROM t1

SELECT a -> b = c, (a -> b) = c, a -> (b = c) FROM t1

SELECT a -> b <> c, (a -> b) <> c, a -> (b <> c) FROM t1

SELECT a -> b IS c, (a -> b) IS c, a -> (b IS c) FROM t1

SELECT a -> b IS NOT c, (a -> b) IS NOT c, a -> (b IS NOT c) FROM t1

SELECT a -> b IS DISTINCT FROM c, (a -> b) IS DISTINCT FROM c, a -> (b IS DISTINCT FROM c) FROM t1

SELECT a -> b LIKE c, (a -> b) LIKE c, a -> (b LIKE c) FROM t1

SELECT a -> b NOT GLOB c, (a -> b) NOT GLOB c, a -> (b NOT GLOB c) FROM t1

SELECT a -> b MATCH c, (a -> b) MATCH c, a -> (b MATCH c) FROM t1

SELECT a -> b < c, (a -> b) < c, a -> (b < c) FROM t1

SELECT a -> b >= c, (a -> b) >= c, a -> (b >= c) FROM t1

SELECT a -> b & c, (a -> b) & c, a -> (b & c) FROM t1

SELECT a -> b | c, (a -> b) | c, a -> (b | c) FROM t1

SELECT a -> b << c, (a -> b) << c, a -> (b << c) FROM t1

SELECT a -> b + c, (a -> b) + c, a -> (b + c) FROM t1

SELECT a -> b - c, (a -> b) - c, a -> (b - c) FROM t1

SELECT a -> b * c, (a -> b) * c, a -> (b * c) FROM t1

SELECT a -> b % c, (a -> b) % c, a -> (b % c) FROM t1

SELECT a -> b || c, (a -> b) || c, a -> (b || c) FROM t1

SELECT a -> b -> c, (a -> b) -> c, a -> (b -> c) FROM t1

SELECT a -> b ->> c, (a -> b) ->> c, a -> (b ->> c) FROM t1

SELECT a ->> b OR c, (a ->> b) OR c, a ->> (b OR c) FROM t1

SELECT a ->> b AND c, (a ->> b) AND c, a ->> (b AND c) FROM t1

SELECT a ->> b = c, (a ->> b) = c, a ->> (b = c) FROM t1

SELECT a ->> b <> c, (a ->> b) <> c, a ->> (b <> c) FROM t1

SELECT a ->> b IS c, (a ->> b) IS c, a ->> (b IS c) FROM t1

SELECT a ->> b IS NOT c, (a ->> b) IS NOT c, a ->> (b IS NOT c) FROM t1

SELECT a ->> b IS DISTINCT FROM c, (a ->> b) IS DISTINCT FROM c, a ->> (b IS DISTINCT FROM c) FROM t1

SELECT a ->> b LIKE c, (a ->> b) LIKE c, a ->> (b LIKE c) FROM t1

SELECT a ->> b NOT GLOB c, (a ->> b) NOT GLOB c, a ->> (b NOT GLOB c) FROM t1

SELECT a ->> b MATCH c, (a ->> b) MATCH c, a ->> (b MATCH c) FROM t1

SELECT a ->> b < c, (a ->> b) < c, a ->> (b < c) FROM t1

SELECT a ->> b >= c, (a ->> b) >= c, a ->> (b >= c) FROM t1

SELECT a ->> b & c, (a ->> b) & c, a ->> (b & c) FROM t1

SELECT a ->> b | c, (a ->> b) | c, a ->> (b | c) FROM t1

SELECT a ->> b << c, (a ->> b) << c, a ->> (b << c) FROM t1

SELECT a ->> b + c, (a ->> b) + c, a ->> (b + c) FROM t1

SELECT a ->> b - c, (a ->> b) - c, a ->> (b - c) FROM t1

SELECT a ->> b * c, (a ->> b) * c, a ->> (b * c) FROM t1

SELECT a ->> b % c, (a ->> b) % c, a ->> (b % c) FROM t1

SELECT a ->> b || c, (a ->> b) || c, a ->> (b || c) FROM t1

SELECT a ->> b -> c, (a ->> b) -> c, a ->> (b -> c) FROM t1

SELECT a ->> b ->> c, (a ->> b) ->> c, a ->> (b ->> c) FROM t1

--# precedence: unary and binary operators

SELECT -a OR b, -(a OR b), (-a) OR b, a OR -b FROM t1

SELECT -a AND b, -(a AND b), (-a) AND b, a AND -b FROM t1

SELECT -a = b, -(a = b), (-a) = b, a = -b FROM t1

SELECT -a <> b, -(a <> b), (-a) <> b, a <> -b FROM t1

SELECT -a IS b, -(a IS b), (-a) IS b, a IS -b FROM t1

SELECT -a IS NOT b, -(a IS NOT b), (-a) IS NOT b, a IS NOT -b FROM t1

SELECT -a IS DISTINCT FROM b, -(a IS DISTINCT FROM b), (-a) IS DISTINCT FROM b, a IS DISTINCT FROM -b FROM t1

SELECT -a IS NOT DISTINCT FROM b, -(a IS NOT DISTINCT FROM b), (-a) IS NOT DISTINCT FROM b, a IS NOT DISTINCT FROM -b FROM t1

SELECT -a LIKE b, -(a LIKE b), (-a) LIKE b, a LIKE -b FROM t1

SELECT -a NOT GLOB b, -(a NOT GLOB b), (-a) NOT GLOB b, a NOT GLOB -b FROM t1

SELECT -a MATCH b, -(a MATCH b), (-a) MATCH b, a MATCH -b FROM t1

SELECT -a < b, -(a < b), (-a) < b, a < -b FROM t1

SELECT -a >= b, -(a >= b), (-a) >= b, a >= -b FROM t1

SELECT -a & b, -(a & b), (-a) & b, a & -b FROM t1

SELECT -a | b, -(a | b), (-a) | b, a | -b FROM t1

SELECT -a << b, -(a << b), (-a) << b, a << -b FROM t1

SELECT -a >> b, -(a >> b), (-a) >> b, a >> -b FROM t1

SELECT -a + b, -(a + b), (-a) + b, a + -b FROM t1

SELECT -a - b, -(a - b), (-a) - b, a - -b FROM t1

SELECT -a * b, -(a * b), (-a) * b, a * -b FROM t1

SELECT -a / b, -(a / b), (-a) / b, a / -b FROM t1

SELECT -a % b, -(a % b), (-a) % b, a % -b FROM t1

SELECT -a || b, -(a || b), (-a) || b, a || -b FROM t1

SELECT -a -> b, -(a -> b), (-a) -> b, a -> -b FROM t1

SELECT -a ->> b, -(a ->> b), (-a) ->> b, a ->> -b FROM t1

SELECT +a OR b, +(a OR b), (+a) OR b, a OR +b FROM t1

SELECT +a AND b, +(a AND b), (+a) AND b, a AND +b FROM t1

SELECT +a = b, +(a = b), (+a) = b, a = +b FROM t1

SELECT +a <> b, +(a <> b), (+a) <> b, a <> +b FROM t1

SELECT +a IS b, +(a IS b), (+a) IS b, a IS +b FROM t1

SELECT +a IS NOT b, +(a IS NOT b), (+a) IS NOT b, a IS NOT +b FROM t1

SELECT +a IS DISTINCT FROM b, +(a IS DISTINCT FROM b), (+a) IS DISTINCT FROM b, a IS DISTINCT FROM +b FROM t1

SELECT +a IS NOT DISTINCT FROM b, +(a IS NOT DISTINCT FROM b), (+a) IS NOT DISTINCT FROM b, a IS NOT DISTINCT FROM +b FROM t1

SELECT +a LIKE b, +(a LIKE b), (+a) LIKE b, a LIKE +b FROM t1

SELECT +a NOT GLOB b, +(a NOT GLOB b), (+a) NOT GLOB b, a NOT GLOB +b FROM t1

SELECT +a MATCH b, +(a MATCH b), (+a) MATCH b, a MATCH +b FROM t1

SELECT +a < b, +(a < b), (+a) < b, a < +b FROM t1

SELECT +a >= b, +(a >= b), (+a) >= b, a >= +b FROM t1

SELECT +a & b, +(a & b), (+a) & b, a & +b FROM t1

SELECT +a | b, +(a | b), (+a) | b, a | +b FROM t1

SELECT +a << b, +(a << b), (+a) << b, a << +b FROM t1

SELECT +a >> b, +(a >> b), (+a) >> b, a >> +b FROM t1

SELECT +a + b, +(a + b), (+a) + b, a + +b FROM t1

SELECT +a - b, +(a - b), (+a) - b, a - +b FROM t1

SELECT +a * b, +(a * b), (+a) * b, a * +b FROM t1

SELECT +a / b, +(a / b), (+a) / b, a / +b FROM t1

SELECT +a % b, +(a % b), (+a) % b, a % +b FROM t1

SELECT +a || b, +(a || b), (+a) || b, a || +b FROM t1

SELECT +a -> b, +(a -> b), (+a) -> b, a -> +b FROM t1

SELECT +a ->> b, +(a ->> b), (+a) ->> b, a ->> +b FROM t1

SELECT ~a OR b, ~(a OR b), (~a) OR b, a OR ~b FROM t1

SELECT ~a AND b, ~(a AND b), (~a) AND b, a AND ~b FROM t1

SELECT ~a = b, ~(a = b), (~a) = b, a = ~b FROM t1

SELECT ~a <> b, ~(a <> b), (~a) <> b, a <> ~b FROM t1

SELECT ~a IS b, ~(a IS b), (~a) IS b, a IS ~b FROM t1

SELECT ~a IS NOT b, ~(a IS NOT b), (~a) IS NOT b, a IS NOT ~b FROM t1

SELECT ~a IS DISTINCT FROM b, ~(a IS DISTINCT FROM b), (~a) IS DISTINCT FROM b, a IS DISTINCT FROM ~b FROM t1

SELECT ~a IS NOT DISTINCT FROM b, ~(a IS NOT DISTINCT FROM b), (~a) IS NOT DISTINCT FROM b, a IS NOT DISTINCT FROM ~b FROM t1

SELECT ~a LIKE b, ~(a LIKE b), (~a) LIKE b, a LIKE ~b FROM t1

SELECT ~a NOT GLOB b, ~(a NOT GLOB b), (~a) NOT GLOB b, a NOT GLOB ~b FROM t1

SELECT ~a MATCH b, ~(a MATCH b), (~a) MATCH b, a MATCH ~b FROM t1

SELECT ~a < b, ~(a < b), (~a) < b, a < ~b FROM t1

SELECT ~a >= b, ~(a >= b), (~a) >= b, a >= ~b FROM t1

SELECT ~a & b, ~(a & b), (~a) & b, a & ~b FROM t1

SELECT ~a | b, ~(a | b), (~a) | b, a | ~b FROM t1

SELECT ~a << b, ~(a << b), (~a) << b, a << ~b FROM t1

SELECT ~a >> b, ~(a >> b), (~a) >> b, a >> ~b FROM t1

SELECT ~a + b, ~(a + b), (~a) + b, a + ~b FROM t1

SELECT ~a - b, ~(a - b), (~a) - b, a - ~b FROM t1

SELECT ~a * b, ~(a * b), (~a) * b, a * ~b FROM t1

SELECT ~a / b, ~(a / b), (~a) / b, a / ~b FROM t1

SELECT ~a % b, ~(a % b), (~a) % b, a % ~b FROM t1

SELECT ~a || b, ~(a || b), (~a) || b, a || ~b FROM t1

SELECT ~a -> b, ~(a -> b), (~a) -> b, a -> ~b FROM t1

SELECT ~a ->> b, ~(a ->> b), (~a) ->> b, a ->> ~b FROM t1

SELECT NOT a OR b, NOT (a OR b), (NOT a) OR b, a OR NOT b FROM t1

SELECT NOT a AND b, NOT (a AND b), (NOT a) AND b, a AND NOT b FROM t1

SELECT NOT a = b, NOT (a = b), (NOT a) = b, a = NOT b FROM t1

SELECT NOT a <> b, NOT (a <> b), (NOT a) <> b, a <> NOT b FROM t1

SELECT NOT a IS b, NOT (a IS b), (NOT a) IS b, a IS NOT b FROM t1

SELECT NOT a IS NOT b, NOT (a IS NOT b), (NOT a) IS NOT b, a IS NOT NOT b FROM t1

SELECT NOT a IS DISTINCT FROM b, NOT (a IS DISTINCT FROM b), (NOT a) IS DISTINCT FROM b, a IS DISTINCT FROM NOT b FROM t1

SELECT NOT a IS NOT DISTINCT FROM b, NOT (a IS NOT DISTINCT FROM b), (NOT a) IS NOT DISTINCT FROM b, a IS NOT DISTINCT FROM NOT b FROM t1

SELECT NOT a LIKE b, NOT (a LIKE b), (NOT a) LIKE b, a LIKE NOT b FROM t1

SELECT NOT a NOT GLOB b, NOT (a NOT GLOB b), (NOT a) NOT GLOB b, a NOT GLOB NOT b FROM t1

SELECT NOT a MATCH b, NOT (a MATCH b), (NOT a) MATCH b, a MATCH NOT b FROM t1

SELECT NOT a < b, NOT (a < b), (NOT a) < b, a < NOT b FROM t1

SELECT NOT a >= b, NOT (a >= b), (NOT a) >= b, a >= NOT b FROM t1

SELECT NOT a & b, NOT (a & b), (NOT a) & b, a & NOT b FROM t1

SELECT NOT a | b, NOT (a | b), (NOT a) | b, a | NOT b FROM t1

SELECT NOT a << b, NOT (a << b), (NOT a) << b, a << NOT b FROM t1

SELECT NOT a >> b, NOT (a >> b), (NOT a) >> b, a >> NOT b FROM t1

SELECT NOT a + b, NOT (a + b), (NOT a) + b, a + NOT b FROM t1

SELECT NOT a - b, NOT (a - b), (NOT a) - b, a - NOT b FROM t1

SELECT NOT a * b, NOT (a * b), (NOT a) * b, a * NOT b FROM t1

SELECT NOT a / b, NOT (a / b), (NOT a) / b, a / NOT b FROM t1

SELECT NOT a % b, NOT (a % b), (NOT a) % b, a % NOT b FROM t1

SELECT NOT a || b, NOT (a || b), (NOT a) || b, a || NOT b FROM t1

SELECT NOT a -> b, NOT (a -> b), (NOT a) -> b, a -> NOT b FROM t1

SELECT NOT a ->> b, NOT (a ->> b), (NOT a) ->> b, a ->> NOT b FROM t1

--# precedence: binary operators and what stands behind its operand

SELECT a OR b ISNULL, (a OR b) ISNULL, a OR (b ISNULL), a ISNULL OR b FROM t1

SELECT a AND b ISNULL, (a AND b) ISNULL, a AND (b ISNULL), a ISNULL AND b FROM t1

SELECT a = b ISNULL, (a = b) ISNULL, a = (b ISNULL), a ISNULL = b FROM t1

SELECT a <> b ISNULL, (a <> b) ISNULL, a <> (b ISNULL), a ISNULL <> b FROM t1

SELECT a IS b ISNULL, (a IS b) ISNULL, a IS (b ISNULL), a ISNULL IS b FROM t1

SELECT a IS NOT b ISNULL, (a IS NOT b) ISNULL, a IS NOT (b ISNULL), a ISNULL IS NOT b FROM t1

SELECT a IS DISTINCT FROM b ISNULL, (a IS DISTINCT FROM b) ISNULL, a IS DISTINCT FROM (b ISNULL), a ISNULL IS DISTINCT FROM b FROM t1

SELECT a IS NOT DISTINCT FROM b ISNULL, (a IS NOT DISTINCT FROM b) ISNULL, a IS NOT DISTINCT FROM (b ISNULL), a ISNULL IS NOT DISTINCT FROM b FROM t1

SELECT a LIKE b ISNULL, (a LIKE b) ISNULL, a LIKE (b ISNULL), a ISNULL LIKE b FROM t1

SELECT a NOT GLOB b ISNULL, (a NOT GLOB b) ISNULL, a NOT GLOB (b ISNULL), a ISNULL NOT GLOB b FROM t1

SELECT a MATCH b ISNULL, (a MATCH b) ISNULL, a MATCH (b ISNULL), a ISNULL MATCH b FROM t1

SELECT a < b ISNULL, (a < b) ISNULL, a < (b ISNULL), a ISNULL < b FROM t1

SELECT a >= b ISNULL, (a >= b) ISNULL, a >= (b ISNULL), a ISNULL >= b FROM t1

SELECT a & b ISNULL, (a & b) ISNULL, a & (b ISNULL), a ISNULL & b FROM t1

SELECT a | b ISNULL, (a | b) ISNULL, a | (b ISNULL), a ISNULL | b FROM t1

SELECT a << b ISNULL, (a << b) ISNULL, a << (b ISNULL), a ISNULL << b FROM t1

SELECT a >> b ISNULL, (a >> b) ISNULL, a >> (b ISNULL), a ISNULL >> b FROM t1

SELECT a + b ISNULL, (a + b) ISNULL, a + (b ISNULL), a ISNULL + b FROM t1

SELECT a - b ISNULL, (a - b) ISNULL, a - (b ISNULL), a ISNULL - b FROM t1

SELECT a * b ISNULL, (a * b) ISNULL, a * (b ISNULL), a ISNULL * b FROM t1

SELECT a / b ISNULL, (a / b) ISNULL, a / (b ISNULL), a ISNULL / b FROM t1

SELECT a % b ISNULL, (a % b) ISNULL, a % (b ISNULL), a ISNULL % b FROM t1

SELECT a || b ISNULL, (a || b) ISNULL, a || (b ISNULL), a ISNULL || b FROM t1

SELECT a -> b ISNULL, (a -> b) ISNULL, a -> (b ISNULL), a ISNULL -> b FROM t1

SELECT a ->> b ISNULL, (a ->> b) ISNULL, a ->> (b ISNULL), a ISNULL ->> b FROM t1

SELECT a OR b NOTNULL, (a OR b) NOTNULL, a OR (b NOTNULL), a NOTNULL OR b FROM t1

SELECT a AND b NOTNULL, (a AND b) NOTNULL, a AND (b NOTNULL), a NOTNULL AND b FROM t1

SELECT a = b NOTNULL, (a = b) NOTNULL, a = (b NOTNULL), a NOTNULL = b FROM t1

SELECT a <> b NOTNULL, (a <> b) NOTNULL, a <> (b NOTNULL), a NOTNULL <> b FROM t1

SELECT a IS b NOTNULL, (a IS b) NOTNULL, a IS (b NOTNULL), a NOTNULL IS b FROM t1

SELECT a IS NOT b NOTNULL, (a IS NOT b) NOTNULL, a IS NOT (b NOTNULL), a NOTNULL IS NOT b FROM t1

SELECT a IS DISTINCT FROM b NOTNULL, (a IS DISTINCT FROM b) NOTNULL, a IS DISTINCT FROM (b NOTNULL), a NOTNULL IS DISTINCT FROM b FROM t1

SELECT a IS NOT DISTINCT FROM b NOTNULL, (a IS NOT DISTINCT FROM b) NOTNULL, a IS NOT DISTINCT FROM (b NOTNULL), a NOTNULL IS NOT DISTINCT FROM b FROM t1

SELECT a LIKE b NOTNULL, (a LIKE b) NOTNULL, a LIKE (b NOTNULL), a NOTNULL LIKE b FROM t1

SELECT a NOT GLOB b NOTNULL, (a NOT GLOB b) NOTNULL, a NOT GLOB (b NOTNULL), a NOTNULL NOT GLOB b FROM t1

SELECT a MATCH b NOTNULL, (a MATCH b) NOTNULL, a MATCH (b NOTNULL), a NOTNULL MATCH b FROM t1

SELECT a < b NOTNULL, (a < b) NOTNULL, a < (b NOTNULL), a NOTNULL < b FROM t1

SELECT a >= b NOTNULL, (a >= b) NOTNULL, a >= (b NOTNULL), a NOTNULL >= b FROM t1

SELECT a & b NOTNULL, (a & b) NOTNULL, a & (b NOTNULL), a NOTNULL & b FROM t1

SELECT a | b NOTNULL, (a | b) NOTNULL, a | (b NOTNULL), a NOTNULL | b FROM t1

SELECT a << b NOTNULL, (a << b) NOTNULL, a << (b NOTNULL), a NOTNULL << b FROM t1

SELECT a >> b NOTNULL, (a >> b) NOTNULL, a >> (b NOTNULL), a NOTNULL >> b FROM t1

SELECT a + b NOTNULL, (a + b) NOTNULL, a + (b NOTNULL), a NOTNULL + b FROM t1

SELECT a - b NOTNULL, (a - b) NOTNULL, a - (b NOTNULL), a NOTNULL - b FROM t1

SELECT a * b NOTNULL, (a * b) NOTNULL, a * (b NOTNULL), a NOTNULL * b FROM t1

SELECT a / b NOTNULL, (a / b) NOTNULL, a / (b NOTNULL), a NOTNULL / b FROM t1

SELECT a % b NOTNULL, (a % b) NOTNULL, a % (b NOTNULL), a NOTNULL % b FROM t1

SELECT a || b NOTNULL, (a || b) NOTNULL, a || (b NOTNULL), a NOTNULL || b FROM t1

SELECT a -> b NOTNULL, (a -> b) NOTNULL, a -> (b NOTNULL), a NOTNULL -> b FROM t1

SELECT a ->> b NOTNULL, (a ->> b) NOTNULL, a ->> (b NOTNULL), a NOTNULL ->> b FROM t1

SELECT a OR b NOT NULL, (a OR b) NOT NULL, a OR (b NOT NULL), a NOT NULL OR b FROM t1

SELECT a AND b NOT NULL, (a AND b) NOT NULL, a AND (b NOT NULL), a NOT NULL AND b FROM t1

SELECT a = b NOT NULL, (a = b) NOT NULL, a = (b NOT NULL), a NOT NULL = b FROM t1

SELECT a <> b NOT NULL, (a <> b) NOT NULL, a <> (b NOT NULL), a NOT NULL <> b FROM t1

SELECT a IS b NOT NULL, (a IS b) NOT NULL, a IS (b NOT NULL), a NOT NULL IS b FROM t1

SELECT a IS NOT b NOT NULL, (a IS NOT b) NOT NULL, a IS NOT (b NOT NULL), a NOT NULL IS NOT b FROM t1

SELECT a IS DISTINCT FROM b NOT NULL, (a IS DISTINCT FROM b) NOT NULL, a IS DISTINCT FROM (b NOT NULL), a NOT NULL IS DISTINCT FROM b FROM t1

SELECT a IS NOT DISTINCT FROM b NOT NULL, (a IS NOT DISTINCT FROM b) NOT NULL, a IS NOT DISTINCT FROM (b NOT NULL), a NOT NULL IS NOT DISTINCT FROM b FROM t1

SELECT a LIKE b NOT NULL, (a LIKE b) NOT NULL, a LIKE (b NOT NULL), a NOT NULL LIKE b FROM t1

SELECT a NOT GLOB b NOT NULL, (a NOT GLOB b) NOT NULL, a NOT GLOB (b NOT NULL), a NOT NULL NOT GLOB b FROM t1

SELECT a MATCH b NOT NULL, (a MATCH b) NOT NULL, a MATCH (b NOT NULL), a NOT NULL MATCH b FROM t1

SELECT a < b NOT NULL, (a < b) NOT NULL, a < (b NOT NULL), a NOT NULL < b FROM t1

SELECT a >= b NOT NULL, (a >= b) NOT NULL, a >= (b NOT NULL), a NOT NULL >= b FROM t1

SELECT a & b NOT NULL, (a & b) NOT NULL, a & (b NOT NULL), a NOT NULL & b FROM t1

SELECT a | b NOT NULL, (a | b) NOT NULL, a | (b NOT NULL), a NOT NULL | b FROM t1

SELECT a << b NOT NULL, (a << b) NOT NULL, a << (b NOT NULL), a NOT NULL << b FROM t1

SELECT a >> b NOT NULL, (a >> b) NOT NULL, a >> (b NOT NULL), a NOT NULL >> b FROM t1

SELECT a + b NOT NULL, (a + b) NOT NULL, a + (b NOT NULL), a NOT NULL + b FROM t1

SELECT a - b NOT NULL, (a - b) NOT NULL, a - (b NOT NULL), a NOT NULL - b FROM t1

SELECT a * b NOT NULL, (a * b) NOT NULL, a * (b NOT NULL), a NOT NULL * b FROM t1

SELECT a / b NOT NULL, (a / b) NOT NULL, a / (b NOT NULL), a NOT NULL / b FROM t1

SELECT a % b NOT NULL, (a % b) NOT NULL, a % (b NOT NULL), a NOT NULL % b FROM t1

SELECT a || b NOT NULL, (a || b) NOT NULL, a || (b NOT NULL), a NOT NULL || b FROM t1

SELECT a -> b NOT NULL, (a -> b) NOT NULL, a -> (b NOT NULL), a NOT NULL -> b FROM t1

SELECT a ->> b NOT NULL, (a ->> b) NOT NULL, a ->> (b NOT NULL), a NOT NULL ->> b FROM t1

SELECT a OR b COLLATE nocase, (a OR b) COLLATE nocase, a OR (b COLLATE nocase), a COLLATE nocase OR b FROM t1

SELECT a AND b COLLATE nocase, (a AND b) COLLATE nocase, a AND (b COLLATE nocase), a COLLATE nocase AND b FROM t1

SELECT a = b COLLATE nocase, (a = b) COLLATE nocase, a = (b COLLATE nocase), a COLLATE nocase = b FROM t1

SELECT a <> b COLLATE nocase, (a <> b) COLLATE nocase, a <> (b COLLATE nocase), a COLLATE nocase <> b FROM t1

SELECT a IS b COLLATE nocase, (a IS b) COLLATE nocase, a IS (b COLLATE nocase), a COLLATE nocase IS b FROM t1

SELECT a IS NOT b COLLATE nocase, (a IS NOT b) COLLATE nocase, a IS NOT (b COLLATE nocase), a COLLATE nocase IS NOT b FROM t1

SELECT a IS DISTINCT FROM b COLLATE nocase, (a IS DISTINCT FROM b) COLLATE nocase, a IS DISTINCT FROM (b COLLATE nocase), a COLLATE nocase IS DISTINCT FROM b FROM t1

SELECT a IS NOT DISTINCT FROM b COLLATE nocase, (a IS NOT DISTINCT FROM b) COLLATE nocase, a IS NOT DISTINCT FROM (b COLLATE nocase), a COLLATE nocase IS NOT DISTINCT FROM b FROM t1

SELECT a LIKE b COLLATE nocase, (a LIKE b) COLLATE nocase, a LIKE (b COLLATE nocase), a COLLATE nocase LIKE b FROM t1

SELECT a NOT GLOB b COLLATE nocase, (a NOT GLOB b) COLLATE nocase, a NOT GLOB (b COLLATE nocase), a COLLATE nocase NOT GLOB b FROM t1

SELECT a MATCH b COLLATE nocase, (a MATCH b) COLLATE nocase, a MATCH (b COLLATE nocase), a COLLATE nocase MATCH b FROM t1

SELECT a < b COLLATE nocase, (a < b) COLLATE nocase, a < (b COLLATE nocase), a COLLATE nocase < b FROM t1

SELECT a >= b COLLATE nocase, (a >= b) COLLATE nocase, a >= (b COLLATE nocase), a COLLATE nocase >= b FROM t1

SELECT a & b COLLATE nocase, (a & b) COLLATE nocase, a & (b COLLATE nocase), a COLLATE nocase & b FROM t1

SELECT a | b COLLATE nocase, (a | b) COLLATE nocase, a | (b COLLATE nocase), a COLLATE nocase | b FROM t1

SELECT a << b COLLATE nocase, (a << b) COLLATE nocase, a << (b COLLATE nocase), a COLLATE nocase << b FROM t1

SELECT a >> b COLLATE nocase, (a >> b) COLLATE nocase, a >> (b COLLATE nocase), a COLLATE nocase >> b FROM t1

SELECT a + b COLLATE nocase, (a + b) COLLATE nocase, a + (b COLLATE nocase), a COLLATE nocase + b FROM t1

SELECT a - b COLLATE nocase, (a - b) COLLATE nocase, a - (b COLLATE nocase), a COLLATE nocase - b FROM t1

SELECT a * b COLLATE nocase, (a * b) COLLATE nocase, a * (b COLLATE nocase), a COLLATE nocase * b FROM t1

SELECT a / b COLLATE nocase, (a / b) COLLATE nocase, a / (b COLLATE nocase), a COLLATE nocase / b FROM t1

SELECT a % b COLLATE nocase, (a % b) COLLATE nocase, a % (b COLLATE nocase), a COLLATE nocase % b FROM t1

SELECT a || b COLLATE nocase, (a || b) COLLATE nocase, a || (b COLLATE nocase), a COLLATE nocase || b FROM t1

SELECT a -> b COLLATE nocase, (a -> b) COLLATE nocase, a -> (b COLLATE nocase), a COLLATE nocase -> b FROM t1

SELECT a ->> b COLLATE nocase, (a ->> b) COLLATE nocase, a ->> (b COLLATE nocase), a COLLATE nocase ->> b FROM t1

SELECT a OR b IN (1, 2), (a OR b) IN (1, 2), a OR (b IN (1, 2)), a IN (1, 2) OR b FROM t1

SELECT a AND b IN (1, 2), (a AND b) IN (1, 2), a AND (b IN (1, 2)), a IN (1, 2) AND b FROM t1

SELECT a = b IN (1, 2), (a = b) IN (1, 2), a = (b IN (1, 2)), a IN (1, 2) = b FROM t1

SELECT a <> b IN (1, 2), (a <> b) IN (1, 2), a <> (b IN (1, 2)), a IN (1, 2) <> b FROM t1

SELECT a IS b IN (1, 2), (a IS b) IN (1, 2), a IS (b IN (1, 2)), a IN (1, 2) IS b FROM t1

SELECT a IS NOT b IN (1, 2), (a IS NOT b) IN (1, 2), a IS NOT (b IN (1, 2)), a IN (1, 2) IS NOT b FROM t1

SELECT a IS DISTINCT FROM b IN (1, 2), (a IS DISTINCT FROM b) IN (1, 2), a IS DISTINCT FROM (b IN (1, 2)), a IN (1, 2) IS DISTINCT FROM b FROM t1

SELECT a IS NOT DISTINCT FROM b IN (1, 2), (a IS NOT DISTINCT FROM b) IN (1, 2), a IS NOT DISTINCT FROM (b IN (1, 2)), a IN (1, 2) IS NOT DISTINCT FROM b FROM t1

SELECT a LIKE b IN (1, 2), (a LIKE b) IN (1, 2), a LIKE (b IN (1, 2)), a IN (1, 2) LIKE b FROM t1

SELECT a NOT GLOB b IN (1, 2), (a NOT GLOB b) IN (1, 2), a NOT GLOB (b IN (1, 2)), a IN (1, 2) NOT GLOB b FROM t1

SELECT a MATCH b IN (1, 2), (a MATCH b) IN (1, 2), a MATCH (b IN (1, 2)), a IN (1, 2) MATCH b FROM t1

SELECT a < b IN (1, 2), (a < b) IN (1, 2), a < (b IN (1, 2)), a IN (1, 2) < b FROM t1

SELECT a >= b IN (1, 2), (a >= b) IN (1, 2), a >= (b IN (1, 2)), a IN (1, 2) >= b FROM t1

SELECT a & b IN (1, 2), (a & b) IN (1, 2), a & (b IN (1, 2)), a IN (1, 2) & b FROM t1

SELECT a | b IN (1, 2), (a | b) IN (1, 2), a | (b IN (1, 2)), a IN (1, 2) | b FROM t1

SELECT a << b IN (1, 2), (a << b) IN (1, 2), a << (b IN (1, 2)), a IN (1, 2) << b FROM t1

SELECT a >> b IN (1, 2), (a >> b) IN (1, 2), a >> (b IN (1, 2)), a IN (1, 2) >> b FROM t1

SELECT a + b IN (1, 2), (a + b) IN (1, 2), a + (b IN (1, 2)), a IN (1, 2) + b FROM t1

SELECT a - b IN (1, 2), (a - b) IN (1, 2), a - (b IN (1, 2)), a IN (1, 2) - b FROM t1

SELECT a * b IN (1, 2), (a * b) IN (1, 2), a * (b IN (1, 2)), a IN (1, 2) * b FROM t1

SELECT a / b IN (1, 2), (a / b) IN (1, 2), a / (b IN (1, 2)), a IN (1, 2) / b FROM t1

SELECT a % b IN (1, 2), (a % b) IN (1, 2), a % (b IN (1, 2)), a IN (1, 2) % b FROM t1

SELECT a || b IN (1, 2), (a || b) IN (1, 2), a || (b IN (1, 2)), a IN (1, 2) || b FROM t1

SELECT a -> b IN (1, 2), (a -> b) IN (1, 2), a -> (b IN (1, 2)), a IN (1, 2) -> b FROM t1

SELECT a ->> b IN (1, 2), (a ->> b) IN (1, 2), a ->> (b IN (1, 2)), a IN (1, 2) ->> b FROM t1

SELECT a OR b NOT IN (SELECT 1), (a OR b) NOT IN (SELECT 1), a OR (b NOT IN (SELECT 1)), a NOT IN (SELECT 1) OR b FROM t1

SELECT a AND b NOT IN (SELECT 1), (a AND b) NOT IN (SELECT 1), a AND (b NOT IN (SELECT 1)), a NOT IN (SELECT 1) AND b FROM t1

SELECT a = b NOT IN (SELECT 1), (a = b) NOT IN (SELECT 1), a = (b NOT IN (SELECT 1)), a NOT IN (SELECT 1) = b FROM t1

SELECT a <> b NOT IN (SELECT 1), (a <> b) NOT IN (SELECT 1), a <> (b NOT IN (SELECT 1)), a NOT IN (SELECT 1) <> b FROM t1

SELECT a IS b NOT IN (SELECT 1), (a IS b) NOT IN (SELECT 1), a IS (b NOT IN (SELECT 1)), a NOT IN (SELECT 1) IS b FROM t1

SELECT a IS NOT b NOT IN (SELECT 1), (a IS NOT b) NOT IN (SELECT 1), a IS NOT (b NOT IN (SELECT 1)), a NOT IN (SELECT 1) IS NOT b FROM t1

SELECT a IS DISTINCT FROM b NOT IN (SELECT 1), (a IS DISTINCT FROM b) NOT IN (SELECT 1), a IS DISTINCT FROM (b NOT IN (SELECT 1)), a NOT IN (SELECT 1) IS DISTINCT FROM b FROM t1

SELECT a IS NOT DISTINCT FROM b NOT IN (SELECT 1), (a IS NOT DISTINCT FROM b) NOT IN (SELECT 1), a IS NOT DISTINCT FROM (b NOT IN (SELECT 1)), a NOT IN (SELECT 1) IS NOT DISTINCT FROM b FROM t1

SELECT a LIKE b NOT IN (SELECT 1), (a LIKE b) NOT IN (SELECT 1), a LIKE (b NOT IN (SELECT 1)), a NOT IN (SELECT 1) LIKE b FROM t1

SELECT a NOT GLOB b NOT IN (SELECT 1), (a NOT GLOB b) NOT IN (SELECT 1), a NOT GLOB (b NOT IN (SELECT 1)), a NOT IN (SELECT 1) NOT GLOB b FROM t1

SELECT a MATCH b NOT IN (SELECT 1), (a MATCH b) NOT IN (SELECT 1), a MATCH (b NOT IN (SELECT 1)), a NOT IN (SELECT 1) MATCH b FROM t1

SELECT a < b NOT IN (SELECT 1), (a < b) NOT IN (SELECT 1), a < (b NOT IN (SELECT 1)), a NOT IN (SELECT 1) < b FROM t1

SELECT a >= b NOT IN (SELECT 1), (a >= b) NOT IN (SELECT 1), a >= (b NOT IN (SELECT 1)), a NOT IN (SELECT 1) >= b FROM t1

SELECT a & b NOT IN (SELECT 1), (a & b) NOT IN (SELECT 1), a & (b NOT IN (SELECT 1)), a NOT IN (SELECT 1) & b FROM t1

SELECT a | b NOT IN (SELECT 1), (a | b) NOT IN (SELECT 1), a | (b NOT IN (SELECT 1)), a NOT IN (SELECT 1) | b FROM t1

SELECT a << b NOT IN (SELECT 1), (a << b) NOT IN (SELECT 1), a << (b NOT IN (SELECT 1)), a NOT IN (SELECT 1) << b FROM t1

SELECT a >> b NOT IN (SELECT 1), (a >> b) NOT IN (SELECT 1), a >> (b NOT IN (SELECT 1)), a NOT IN (SELECT 1) >> b FROM t1

SELECT a + b NOT IN (SELECT 1), (a + b) NOT IN (SELECT 1), a + (b NOT IN (SELECT 1)), a NOT IN (SELECT 1) + b FROM t1

SELECT a - b NOT IN (SELECT 1), (a - b) NOT IN (SELECT 1), a - (b NOT IN (SELECT 1)), a NOT IN (SELECT 1) - b FROM t1

SELECT a * b NOT IN (SELECT 1), (a * b) NOT IN (SELECT 1), a * (b NOT IN (SELECT 1)), a NOT IN (SELECT 1) * b FROM t1

SELECT a / b NOT IN (SELECT 1), (a / b) NOT IN (SELECT 1), a / (b NOT IN (SELECT 1)), a NOT IN (SELECT 1) / b FROM t1

SELECT a % b NOT IN (SELECT 1), (a % b) NOT IN (SELECT 1), a % (b NOT IN (SELECT 1)), a NOT IN (SELECT 1) % b FROM t1

SELECT a || b NOT IN (SELECT 1), (a || b) NOT IN (SELECT 1), a || (b NOT IN (SELECT 1)), a NOT IN (SELECT 1) || b FROM t1

SELECT a -> b NOT IN (SELECT 1), (a -> b) NOT IN (SELECT 1), a -> (b NOT IN (SELECT 1)), a NOT IN (SELECT 1) -> b FROM t1

SELECT a ->> b NOT IN (SELECT 1), (a ->> b) NOT IN (SELECT 1), a ->> (b NOT IN (SELECT 1)), a NOT IN (SELECT 1) ->> b FROM t1

SELECT a OR b BETWEEN 1 AND 2, (a OR b) BETWEEN 1 AND 2, a OR (b BETWEEN 1 AND 2), a BETWEEN 1 AND 2 OR b FROM t1

SELECT a AND b BETWEEN 1 AND 2, (a AND b) BETWEEN 1 AND 2, a AND (b BETWEEN 1 AND 2), a BETWEEN 1 AND 2 AND b FROM t1

SELECT a = b BETWEEN 1 AND 2, (a = b) BETWEEN 1 AND 2, a = (b BETWEEN 1 AND 2), a BETWEEN 1 AND 2 = b FROM t1

SELECT a <> b BETWEEN 1 AND 2, (a <> b) BETWEEN 1 AND 2, a <> (b BETWEEN 1 AND 2), a BETWEEN 1 AND 2 <> b FROM t1

SELECT a IS b BETWEEN 1 AND 2, (a IS b) BETWEEN 1 AND 2, a IS (b BETWEEN 1 AND 2), a BETWEEN 1 AND 2 IS b FROM t1

SELECT a IS NOT b BETWEEN 1 AND 2, (a IS NOT b) BETWEEN 1 AND 2, a IS NOT (b BETWEEN 1 AND 2), a BETWEEN 1 AND 2 IS NOT b FROM t1

SELECT a IS DISTINCT FROM b BETWEEN 1 AND 2, (a IS DISTINCT FROM b) BETWEEN 1 AND 2, a IS DISTINCT FROM (b BETWEEN 1 AND 2), a BETWEEN 1 AND 2 IS DISTINCT FROM b FROM t1

SELECT a IS NOT DISTINCT FROM b BETWEEN 1 AND 2, (a IS NOT DISTINCT FROM b) BETWEEN 1 AND 2, a IS NOT DISTINCT FROM (b BETWEEN 1 AND 2), a BETWEEN 1 AND 2 IS NOT DISTINCT FROM b FROM t1

SELECT a LIKE b BETWEEN 1 AND 2, (a LIKE b) BETWEEN 1 AND 2, a LIKE (b BETWEEN 1 AND 2), a BETWEEN 1 AND 2 LIKE b FROM t1

SELECT a NOT GLOB b BETWEEN 1 AND 2, (a NOT GLOB b) BETWEEN 1 AND 2, a NOT GLOB (b BETWEEN 1 AND 2), a BETWEEN 1 AND 2 NOT GLOB b FROM t1

SELECT a MATCH b BETWEEN 1 AND 2, (a MATCH b) BETWEEN 1 AND 2, a MATCH (b BETWEEN 1 AND 2), a BETWEEN 1 AND 2 MATCH b FROM t1

SELECT a < b BETWEEN 1 AND 2, (a < b) BETWEEN 1 AND 2, a < (b BETWEEN 1 AND 2), a BETWEEN 1 AND 2 < b FROM t1

SELECT a >= b BETWEEN 1 AND 2, (a >= b) BETWEEN 1 AND 2, a >= (b BETWEEN 1 AND 2), a BETWEEN 1 AND 2 >= b FROM t1

SELECT a & b BETWEEN 1 AND 2, (a & b) BETWEEN 1 AND 2, a & (b BETWEEN 1 AND 2), a BETWEEN 1 AND 2 & b FROM t1

SELECT a | b BETWEEN 1 AND 2, (a | b) BETWEEN 1 AND 2, a | (b BETWEEN 1 AND 2), a BETWEEN 1 AND 2 | b FROM t1

SELECT a << b BETWEEN 1 AND 2, (a << b) BETWEEN 1 AND 2, a << (b BETWEEN 1 AND 2), a BETWEEN 1 AND 2 << b FROM t1

SELECT a >> b BETWEEN 1 AND 2, (a >> b) BETWEEN 1 AND 2, a >> (b BETWEEN 1 AND 2), a BETWEEN 1 AND 2 >> b FROM t1

SELECT a + b BETWEEN 1 AND 2, (a + b) BETWEEN 1 AND 2, a + (b BETWEEN 1 AND 2), a BETWEEN 1 AND 2 + b FROM t1

SELECT a - b BETWEEN 1 AND 2, (a - b) BETWEEN 1 AND 2, a - (b BETWEEN 1 AND 2), a BETWEEN 1 AND 2 - b FROM t1

SELECT a * b BETWEEN 1 AND 2, (a * b) BETWEEN 1 AND 2, a * (b BETWEEN 1 AND 2), a BETWEEN 1 AND 2 * b FROM t1

SELECT a / b BETWEEN 1 AND 2, (a / b) BETWEEN 1 AND 2, a / (b BETWEEN 1 AND 2), a BETWEEN 1 AND 2 / b FROM t1

SELECT a % b BETWEEN 1 AND 2, (a % b) BETWEEN 1 AND 2, a % (b BETWEEN 1 AND 2), a BETWEEN 1 AND 2 % b FROM t1

SELECT a || b BETWEEN 1 AND 2, (a || b) BETWEEN 1 AND 2, a || (b BETWEEN 1 AND 2), a BETWEEN 1 AND 2 || b FROM t1

SELECT a -> b BETWEEN 1 AND 2, (a -> b) BETWEEN 1 AND 2, a -> (b BETWEEN 1 AND 2), a BETWEEN 1 AND 2 -> b FROM t1

SELECT a ->> b BETWEEN 1 AND 2, (a ->> b) BETWEEN 1 AND 2, a ->> (b BETWEEN 1 AND 2), a BETWEEN 1 AND 2 ->> b FROM t1

SELECT a OR b LIKE 'x' ESCAPE 'y', (a OR b) LIKE 'x' ESCAPE 'y', a OR (b LIKE 'x' ESCAPE 'y'), a LIKE 'x' ESCAPE 'y' OR b FROM t1

SELECT a AND b LIKE 'x' ESCAPE 'y', (a AND b) LIKE 'x' ESCAPE 'y', a AND (b LIKE 'x' ESCAPE 'y'), a LIKE 'x' ESCAPE 'y' AND b FROM t1

SELECT a = b LIKE 'x' ESCAPE 'y', (a = b) LIKE 'x' ESCAPE 'y', a = (b LIKE 'x' ESCAPE 'y'), a LIKE 'x' ESCAPE 'y' = b FROM t1

SELECT a <> b LIKE 'x' ESCAPE 'y', (a <> b) LIKE 'x' ESCAPE 'y', a <> (b LIKE 'x' ESCAPE 'y'), a LIKE 'x' ESCAPE 'y' <> b FROM t1

SELECT a IS b LIKE 'x' ESCAPE 'y', (a IS b) LIKE 'x' ESCAPE 'y', a IS (b LIKE 'x' ESCAPE 'y'), a LIKE 'x' ESCAPE 'y' IS b FROM t1

SELECT a IS NOT b LIKE 'x' ESCAPE 'y', (a IS NOT b) LIKE 'x' ESCAPE 'y', a IS NOT (b LIKE 'x' ESCAPE 'y'), a LIKE 'x' ESCAPE 'y' IS NOT b FROM t1

SELECT a IS DISTINCT FROM b LIKE 'x' ESCAPE 'y', (a IS DISTINCT FROM b) LIKE 'x' ESCAPE 'y', a IS DISTINCT FROM (b LIKE 'x' ESCAPE 'y'), a LIKE 'x' ESCAPE 'y' IS DISTINCT FROM b FROM t1

SELECT a IS NOT DISTINCT FROM b LIKE 'x' ESCAPE 'y', (a IS NOT DISTINCT FROM b) LIKE 'x' ESCAPE 'y', a IS NOT DISTINCT FROM (b LIKE 'x' ESCAPE 'y'), a LIKE 'x' ESCAPE 'y' IS NOT DISTINCT FROM b FROM t1

SELECT a LIKE b LIKE 'x' ESCAPE 'y', (a LIKE b) LIKE 'x' ESCAPE 'y', a LIKE (b LIKE 'x' ESCAPE 'y'), a LIKE 'x' ESCAPE 'y' LIKE b FROM t1

SELECT a NOT GLOB b LIKE 'x' ESCAPE 'y', (a NOT GLOB b) LIKE 'x' ESCAPE 'y', a NOT GLOB (b LIKE 'x' ESCAPE 'y'), a LIKE 'x' ESCAPE 'y' NOT GLOB b FROM t1

SELECT a MATCH b LIKE 'x' ESCAPE 'y', (a MATCH b) LIKE 'x' ESCAPE 'y', a MATCH (b LIKE 'x' ESCAPE 'y'), a LIKE 'x' ESCAPE 'y' MATCH b FROM t1

SELECT a < b LIKE 'x' ESCAPE 'y', (a < b) LIKE 'x' ESCAPE 'y', a < (b LIKE 'x' ESCAPE 'y'), a LIKE 'x' ESCAPE 'y' < b FROM t1

SELECT a >= b LIKE 'x' ESCAPE 'y', (a >= b) LIKE 'x' ESCAPE 'y', a >= (b LIKE 'x' ESCAPE 'y'), a LIKE 'x' ESCAPE 'y' >= b FROM t1

SELECT a & b LIKE 'x' ESCAPE 'y', (a & b) LIKE 'x' ESCAPE 'y', a & (b LIKE 'x' ESCAPE 'y'), a LIKE 'x' ESCAPE 'y' & b FROM t1

SELECT a | b LIKE 'x' ESCAPE 'y', (a | b) LIKE 'x' ESCAPE 'y', a | (b LIKE 'x' ESCAPE 'y'), a LIKE 'x' ESCAPE 'y' | b FROM t1

SELECT a << b LIKE 'x' ESCAPE 'y', (a << b) LIKE 'x' ESCAPE 'y', a << (b LIKE 'x' ESCAPE 'y'), a LIKE 'x' ESCAPE 'y' << b FROM t1

SELECT a >> b LIKE 'x' ESCAPE 'y', (a >> b) LIKE 'x' ESCAPE 'y', a >> (b LIKE 'x' ESCAPE 'y'), a LIKE 'x' ESCAPE 'y' >> b FROM t1

SELECT a + b LIKE 'x' ESCAPE 'y', (a + b) LIKE 'x' ESCAPE 'y', a + (b LIKE 'x' ESCAPE 'y'), a LIKE 'x' ESCAPE 'y' + b FROM t1

SELECT a - b LIKE 'x' ESCAPE 'y', (a - b) LIKE 'x' ESCAPE 'y', a - (b LIKE 'x' ESCAPE 'y'), a LIKE 'x' ESCAPE 'y' - b FROM t1

SELECT a * b LIKE 'x' ESCAPE 'y', (a * b) LIKE 'x' ESCAPE 'y', a * (b LIKE 'x' ESCAPE 'y'), a LIKE 'x' ESCAPE 'y' * b FROM t1

SELECT a / b LIKE 'x' ESCAPE 'y', (a / b) LIKE 'x' ESCAPE 'y', a / (b LIKE 'x' ESCAPE 'y'), a LIKE 'x' ESCAPE 'y' / b FROM t1

SELECT a % b LIKE 'x' ESCAPE 'y', (a % b) LIKE 'x' ESCAPE 'y', a % (b LIKE 'x' ESCAPE 'y'), a LIKE 'x' ESCAPE 'y' % b FROM t1

SELECT a || b LIKE 'x' ESCAPE 'y', (a || b) LIKE 'x' ESCAPE 'y', a || (b LIKE 'x' ESCAPE 'y'), a LIKE 'x' ESCAPE 'y' || b FROM t1

SELECT a -> b LIKE 'x' ESCAPE 'y', (a -> b) LIKE 'x' ESCAPE 'y', a -> (b LIKE 'x' ESCAPE 'y'), a LIKE 'x' ESCAPE 'y' -> b FROM t1

SELECT a ->> b LIKE 'x' ESCAPE 'y', (a ->> b) LIKE 'x' ESCAPE 'y', a ->> (b LIKE 'x' ESCAPE 'y'), a LIKE 'x' ESCAPE 'y' ->> b FROM t1

--# precedence: unary operators and what stands behind its operand

SELECT - a ISNULL, - (a ISNULL), (- a) ISNULL FROM t1

SELECT + a ISNULL, + (a ISNULL), (+ a) ISNULL FROM t1

SELECT ~ a ISNULL, ~ (a ISNULL), (~ a) ISNULL FROM t1

SELECT NOT a ISNULL, NOT (a ISNULL), (NOT a) ISNULL FROM t1

SELECT - a NOTNULL, - (a NOTNULL), (- a) NOTNULL FROM t1

SELECT + a NOTNULL, + (a NOTNULL), (+ a) NOTNULL FROM t1

SELECT ~ a NOTNULL, ~ (a NOTNULL), (~ a) NOTNULL FROM t1

SELECT NOT a NOTNULL, NOT (a NOTNULL), (NOT a) NOTNULL FROM t1

SELECT - a NOT NULL, - (a NOT NULL), (- a) NOT NULL FROM t1

SELECT + a NOT NULL, + (a NOT NULL), (+ a) NOT NULL FROM t1

SELECT ~ a NOT NULL, ~ (a NOT NULL), (~ a) NOT NULL FROM t1

SELECT NOT a NOT NULL, NOT (a NOT NULL), (NOT a) NOT NULL FROM t1

SELECT - a COLLATE nocase, - (a COLLATE nocase), (- a) COLLATE nocase FROM t1

SELECT + a COLLATE nocase, + (a COLLATE nocase), (+ a) COLLATE nocase FROM t1

SELECT ~ a COLLATE nocase, ~ (a COLLATE nocase), (~ a) COLLATE nocase FROM t1

SELECT NOT a COLLATE nocase, NOT (a COLLATE nocase), (NOT a) COLLATE nocase FROM t1

SELECT - a IN (1, 2), - (a IN (1, 2)), (- a) IN (1, 2) FROM t1

SELECT + a IN (1, 2), + (a IN (1, 2)), (+ a) IN (1, 2) FROM t1

SELECT ~ a IN (1, 2), ~ (a IN (1, 2)), (~ a) IN (1, 2) FROM t1

SELECT NOT a IN (1, 2), NOT (a IN (1, 2)), (NOT a) IN (1, 2) FROM t1

SELECT - a NOT IN (SELECT 1), - (a NOT IN (SELECT 1)), (- a) NOT IN (SELECT 1) FROM t1

SELECT + a NOT IN (SELECT 1), + (a NOT IN (SELECT 1)), (+ a) NOT IN (SELECT 1) FROM t1

SELECT ~ a NOT IN (SELECT 1), ~ (a NOT IN (SELECT 1)), (~ a) NOT IN (SELECT 1) FROM t1

SELECT NOT a NOT IN (SELECT 1), NOT (a NOT IN (SELECT 1)), (NOT a) NOT IN (SELECT 1) FROM t1

SELECT - a BETWEEN 1 AND 2, - (a BETWEEN 1 AND 2), (- a) BETWEEN 1 AND 2 FROM t1

SELECT + a BETWEEN 1 AND 2, + (a BETWEEN 1 AND 2), (+ a) BETWEEN 1 AND 2 FROM t1

SELECT ~ a BETWEEN 1 AND 2, ~ (a BETWEEN 1 AND 2), (~ a) BETWEEN 1 AND 2 FROM t1

SELECT NOT a BETWEEN 1 AND 2, NOT (a BETWEEN 1 AND 2), (NOT a) BETWEEN 1 AND 2 FROM t1

SELECT - a LIKE 'x' ESCAPE 'y', - (a LIKE 'x' ESCAPE 'y'), (- a) LIKE 'x' ESCAPE 'y' FROM t1

SELECT + a LIKE 'x' ESCAPE 'y', + (a LIKE 'x' ESCAPE 'y'), (+ a) LIKE 'x' ESCAPE 'y' FROM t1

SELECT ~ a LIKE 'x' ESCAPE 'y', ~ (a LIKE 'x' ESCAPE 'y'), (~ a) LIKE 'x' ESCAPE 'y' FROM t1

SELECT NOT a LIKE 'x' ESCAPE 'y', NOT (a LIKE 'x' ESCAPE 'y'), (NOT a) LIKE 'x' ESCAPE 'y' FROM t1

--# precedence: two things behind an operand

SELECT a ISNULL ISNULL, (a ISNULL) ISNULL FROM t1

SELECT a ISNULL NOTNULL, (a ISNULL) NOTNULL FROM t1

SELECT a ISNULL NOT NULL, (a ISNULL) NOT NULL FROM t1

SELECT a ISNULL COLLATE nocase, (a ISNULL) COLLATE nocase FROM t1

SELECT a ISNULL IN (1, 2), (a ISNULL) IN (1, 2) FROM t1

SELECT a ISNULL NOT IN (SELECT 1), (a ISNULL) NOT IN (SELECT 1) FROM t1

SELECT a ISNULL BETWEEN 1 AND 2, (a ISNULL) BETWEEN 1 AND 2 FROM t1

SELECT a ISNULL LIKE 'x' ESCAPE 'y', (a ISNULL) LIKE 'x' ESCAPE 'y' FROM t1

SELECT a NOTNULL ISNULL, (a NOTNULL) ISNULL FROM t1

SELECT a NOTNULL NOTNULL, (a NOTNULL) NOTNULL FROM t1

SELECT a NOTNULL NOT NULL, (a NOTNULL) NOT NULL FROM t1

SELECT a NOTNULL COLLATE nocase, (a NOTNULL) COLLATE nocase FROM t1

SELECT a NOTNULL IN (1, 2), (a NOTNULL) IN (1, 2) FROM t1

SELECT a NOTNULL NOT IN (SELECT 1), (a NOTNULL) NOT IN (SELECT 1) FROM t1

SELECT a NOTNULL BETWEEN 1 AND 2, (a NOTNULL) BETWEEN 1 AND 2 FROM t1

SELECT a NOTNULL LIKE 'x' ESCAPE 'y', (a NOTNULL) LIKE 'x' ESCAPE 'y' FROM t1

SELECT a NOT NULL ISNULL, (a NOT NULL) ISNULL FROM t1

SELECT a NOT NULL NOTNULL, (a NOT NULL) NOTNULL FROM t1

SELECT a NOT NULL NOT NULL, (a NOT NULL) NOT NULL FROM t1

SELECT a NOT NULL COLLATE nocase, (a NOT NULL) COLLATE nocase FROM t1

SELECT a NOT NULL IN (1, 2), (a NOT NULL) IN (1, 2) FROM t1

SELECT a NOT NULL NOT IN (SELECT 1), (a NOT NULL) NOT IN (SELECT 1) FROM t1

SELECT a NOT NULL BETWEEN 1 AND 2, (a NOT NULL) BETWEEN 1 AND 2 FROM t1

SELECT a NOT NULL LIKE 'x' ESCAPE 'y', (a NOT NULL) LIKE 'x' ESCAPE 'y' FROM t1

SELECT a COLLATE nocase ISNULL, (a COLLATE nocase) ISNULL FROM t1

SELECT a COLLATE nocase NOTNULL, (a COLLATE nocase) NOTNULL FROM t1

SELECT a COLLATE nocase NOT NULL, (a COLLATE nocase) NOT NULL FROM t1

SELECT a COLLATE nocase COLLATE nocase, (a COLLATE nocase) COLLATE nocase FROM t1

SELECT a COLLATE nocase IN (1, 2), (a COLLATE nocase) IN (1, 2) FROM t1

SELECT a COLLATE nocase NOT IN (SELECT 1), (a COLLATE nocase) NOT IN (SELECT 1) FROM t1

SELECT a COLLATE nocase BETWEEN 1 AND 2, (a COLLATE nocase) BETWEEN 1 AND 2 FROM t1

SELECT a COLLATE nocase LIKE 'x' ESCAPE 'y', (a COLLATE nocase) LIKE 'x' ESCAPE 'y' FROM t1

SELECT a IN (1, 2) ISNULL, (a IN (1, 2)) ISNULL FROM t1

SELECT a IN (1, 2) NOTNULL, (a IN (1, 2)) NOTNULL FROM t1

SELECT a IN (1, 2) NOT NULL, (a IN (1, 2)) NOT NULL FROM t1

SELECT a IN (1, 2) COLLATE nocase, (a IN (1, 2)) COLLATE nocase FROM t1

SELECT a IN (1, 2) IN (1, 2), (a IN (1, 2)) IN (1, 2) FROM t1

SELECT a IN (1, 2) NOT IN (SELECT 1), (a IN (1, 2)) NOT IN (SELECT 1) FROM t1

SELECT a IN (1, 2) BETWEEN 1 AND 2, (a IN (1, 2)) BETWEEN 1 AND 2 FROM t1

SELECT a IN (1, 2) LIKE 'x' ESCAPE 'y', (a IN (1, 2)) LIKE 'x' ESCAPE 'y' FROM t1

SELECT a NOT IN (SELECT 1) ISNULL, (a NOT IN (SELECT 1)) ISNULL FROM t1

SELECT a NOT IN (SELECT 1) NOTNULL, (a NOT IN (SELECT 1)) NOTNULL FROM t1

SELECT a NOT IN (SELECT 1) NOT NULL, (a NOT IN (SELECT 1)) NOT NULL FROM t1

SELECT a NOT IN (SELECT 1) COLLATE nocase, (a NOT IN (SELECT 1)) COLLATE nocase FROM t1

SELECT a NOT IN (SELECT 1) IN (1, 2), (a NOT IN (SELECT 1)) IN (1, 2) FROM t1

SELECT a NOT IN (SELECT 1) NOT IN (SELECT 1), (a NOT IN (SELECT 1)) NOT IN (SELECT 1) FROM t1

SELECT a NOT IN (SELECT 1) BETWEEN 1 AND 2, (a NOT IN (SELECT 1)) BETWEEN 1 AND 2 FROM t1

SELECT a NOT IN (SELECT 1) LIKE 'x' ESCAPE 'y', (a NOT IN (SELECT 1)) LIKE 'x' ESCAPE 'y' FROM t1

SELECT a BETWEEN 1 AND 2 ISNULL, (a BETWEEN 1 AND 2) ISNULL FROM t1

SELECT a BETWEEN 1 AND 2 NOTNULL, (a BETWEEN 1 AND 2) NOTNULL FROM t1

SELECT a BETWEEN 1 AND 2 NOT NULL, (a BETWEEN 1 AND 2) NOT NULL FROM t1

SELECT a BETWEEN 1 AND 2 COLLATE nocase, (a BETWEEN 1 AND 2) COLLATE nocase FROM t1

SELECT a BETWEEN 1 AND 2 IN (1, 2), (a BETWEEN 1 AND 2) IN (1, 2) FROM t1

SELECT a BETWEEN 1 AND 2 NOT IN (SELECT 1), (a BETWEEN 1 AND 2) NOT IN (SELECT 1) FROM t1

SELECT a BETWEEN 1 AND 2 BETWEEN 1 AND 2, (a BETWEEN 1 AND 2) BETWEEN 1 AND 2 FROM t1

SELECT a BETWEEN 1 AND 2 LIKE 'x' ESCAPE 'y', (a BETWEEN 1 AND 2) LIKE 'x' ESCAPE 'y' FROM t1

SELECT a LIKE 'x' ESCAPE 'y' ISNULL, (a LIKE 'x' ESCAPE 'y') ISNULL FROM t1

SELECT a LIKE 'x' ESCAPE 'y' NOTNULL, (a LIKE 'x' ESCAPE 'y') NOTNULL FROM t1

SELECT a LIKE 'x' ESCAPE 'y' NOT NULL, (a LIKE 'x' ESCAPE 'y') NOT NULL FROM t1

SELECT a LIKE 'x' ESCAPE 'y' COLLATE nocase, (a LIKE 'x' ESCAPE 'y') COLLATE nocase FROM t1

SELECT a LIKE 'x' ESCAPE 'y' IN (1, 2), (a LIKE 'x' ESCAPE 'y') IN (1, 2) FROM t1

SELECT a LIKE 'x' ESCAPE 'y' NOT IN (SELECT 1), (a LIKE 'x' ESCAPE 'y') NOT IN (SELECT 1) FROM t1

SELECT a LIKE 'x' ESCAPE 'y' BETWEEN 1 AND 2, (a LIKE 'x' ESCAPE 'y') BETWEEN 1 AND 2 FROM t1

SELECT a LIKE 'x' ESCAPE 'y' LIKE 'x' ESCAPE 'y', (a LIKE 'x' ESCAPE 'y') LIKE 'x' ESCAPE 'y' FROM t1

--# precedence: inside BETWEEN

SELECT a BETWEEN b AND c AND d AND e, a BETWEEN (b AND c) AND (d AND e), (a BETWEEN b AND c) AND d FROM t1

SELECT a BETWEEN b = c AND d = e, a BETWEEN (b = c) AND (d = e), (a BETWEEN b AND c) = d FROM t1

SELECT a BETWEEN b <> c AND d <> e, a BETWEEN (b <> c) AND (d <> e), (a BETWEEN b AND c) <> d FROM t1

SELECT a BETWEEN b IS c AND d IS e, a BETWEEN (b IS c) AND (d IS e), (a BETWEEN b AND c) IS d FROM t1

SELECT a BETWEEN b IS NOT c AND d IS NOT e, a BETWEEN (b IS NOT c) AND (d IS NOT e), (a BETWEEN b AND c) IS NOT d FROM t1

SELECT a BETWEEN b IS DISTINCT FROM c AND d IS DISTINCT FROM e, a BETWEEN (b IS DISTINCT FROM c) AND (d IS DISTINCT FROM e), (a BETWEEN b AND c) IS DISTINCT FROM d FROM t1

SELECT a BETWEEN b IS NOT DISTINCT FROM c AND d IS NOT DISTINCT FROM e, a BETWEEN (b IS NOT DISTINCT FROM c) AND (d IS NOT DISTINCT FROM e), (a BETWEEN b AND c) IS NOT DISTINCT FROM d FROM t1

SELECT a BETWEEN b LIKE c AND d LIKE e, a BETWEEN (b LIKE c) AND (d LIKE e), (a BETWEEN b AND c) LIKE d FROM t1

SELECT a BETWEEN b NOT GLOB c AND d NOT GLOB e, a BETWEEN (b NOT GLOB c) AND (d NOT GLOB e), (a BETWEEN b AND c) NOT GLOB d FROM t1

SELECT a BETWEEN b MATCH c AND d MATCH e, a BETWEEN (b MATCH c) AND (d MATCH e), (a BETWEEN b AND c) MATCH d FROM t1

SELECT a BETWEEN b < c AND d < e, a BETWEEN (b < c) AND (d < e), (a BETWEEN b AND c) < d FROM t1

SELECT a BETWEEN b >= c AND d >= e, a BETWEEN (b >= c) AND (d >= e), (a BETWEEN b AND c) >= d FROM t1

SELECT a BETWEEN b & c AND d & e, a BETWEEN (b & c) AND (d & e), (a BETWEEN b AND c) & d FROM t1

SELECT a BETWEEN b | c AND d | e, a BETWEEN (b | c) AND (d | e), (a BETWEEN b AND c) | d FROM t1

SELECT a BETWEEN b << c AND d << e, a BETWEEN (b << c) AND (d << e), (a BETWEEN b AND c) << d FROM t1

SELECT a BETWEEN b >> c AND d >> e, a BETWEEN (b >> c) AND (d >> e), (a BETWEEN b AND c) >> d FROM t1

SELECT a BETWEEN b + c AND d + e, a BETWEEN (b + c) AND (d + e), (a BETWEEN b AND c) + d FROM t1

SELECT a BETWEEN b - c AND d - e, a BETWEEN (b - c) AND (d - e), (a BETWEEN b AND c) - d FROM t1

SELECT a BETWEEN b * c AND d * e, a BETWEEN (b * c) AND (d * e), (a BETWEEN b AND c) * d FROM t1

SELECT a BETWEEN b / c AND d / e, a BETWEEN (b / c) AND (d / e), (a BETWEEN b AND c) / d FROM t1

SELECT a BETWEEN b % c AND d % e, a BETWEEN (b % c) AND (d % e), (a BETWEEN b AND c) % d FROM t1

SELECT a BETWEEN b || c AND d || e, a BETWEEN (b || c) AND (d || e), (a BETWEEN b AND c) || d FROM t1

SELECT a BETWEEN b -> c AND d -> e, a BETWEEN (b -> c) AND (d -> e), (a BETWEEN b AND c) -> d FROM t1

SELECT a BETWEEN b ->> c AND d ->> e, a BETWEEN (b ->> c) AND (d ->> e), (a BETWEEN b AND c) ->> d FROM t1

--# precedence: four operators

SELECT a OR b AND c = d + e FROM t1

SELECT a + b * c - d / e FROM t1

SELECT a || b * c + d << e FROM t1

SELECT NOT a = b AND NOT c < d FROM t1

SELECT a < b + c << d & e FROM t1

SELECT -a || b COLLATE nocase LIKE c || '%' ESCAPE d OR e FROM t1

SELECT a IS NOT NULL AND b IN (1, 2) OR c BETWEEN d AND e FROM t1

SELECT a = b IS NULL IN (1) LIKE c FROM t1

SELECT ~a & -b | +c << ~d FROM t1

SELECT a ->> 'x' || b ->> 'y' = c ->> 'z' FROM t1

SELECT (a OR b) AND (c OR d) AND NOT (e OR a) FROM t1

SELECT ((a + b) * (c - d)) / ((e)) % (-(a)) FROM t1

SELECT a AND (b OR (c AND (d OR e))) FROM t1

SELECT NOT (NOT (NOT a)) , - (- (- a)) , ~ (~ a) FROM t1

SELECT a <> b = c <> d IS e FROM t1

SELECT a IN (b IN (c IN (d IN (e)))) FROM t1

SELECT a LIKE b LIKE c LIKE d FROM t1

SELECT a - b - c - d, a - (b - (c - d)) FROM t1

SELECT a / b * c % d, a / (b * (c % d)) FROM t1

SELECT a || (b || (c || d)) || e FROM t1
