// SPDX-License-Identifier: MIT
pragma solidity ^0.8.37;

import {Terms} from "../../contracts/types/Terms.sol";
import {Builders} from "./Builders.sol";
import {vm} from "./Vm.sol";

/// @notice Builders, and an exact account of who gained what between two moments.
abstract contract Base is Builders {
    struct Holdings {
        uint256 buyer;
        uint256 seller;
        uint256 arbiter;
        uint256 stranger;
        uint256 operator;
        uint256 escrow;
    }

    function _holdings(address token) internal view returns (Holdings memory) {
        return Holdings({
            buyer: _balance(token, buyer),
            seller: _balance(token, seller),
            arbiter: _balance(token, arbiter),
            stranger: _balance(token, stranger),
            operator: _balance(token, operator) + escrow.creditOf(token, operator),
            escrow: _balance(token, address(escrow))
        });
    }

    /// @dev To the wei: each got exactly this since `before`, the escrow paid exactly that, nobody else a thing. Fees that
    /// wait in the escrow are not yet gained: collect them first.
    function _assertGains(
        address token,
        Holdings memory before,
        uint256 toBuyer,
        uint256 toSeller,
        uint256 toArbiter,
        uint256 fee
    ) internal view {
        Holdings memory now_ = _holdings(token);
        vm.assertEq(now_.buyer - before.buyer, toBuyer, "buyer gained");
        vm.assertEq(now_.seller - before.seller, toSeller, "seller gained");
        vm.assertEq(now_.arbiter - before.arbiter, toArbiter, "arbiter gained");
        vm.assertEq(now_.operator - before.operator, fee, "operator gained");
        vm.assertEq(now_.stranger, before.stranger, "stranger gained");
        uint256 credited = escrow.creditOf(token, operator);
        vm.assertEq(before.escrow - now_.escrow + credited, toBuyer + toSeller + toArbiter + fee, "escrow paid out");
    }

    /// @dev Pays operator and arbiter what an ended deal owes them.
    function _collect(Terms memory terms) internal {
        Terms[] memory deals = new Terms[](1);
        deals[0] = terms;
        escrow.collectFees(deals);
    }

    function _bound(uint256 value, uint256 least, uint256 most) internal pure returns (uint256) {
        return least + value % (most - least + 1);
    }
}
